package dev.swarmdex.peer.bench.transfer;

import dev.swarmdex.peer.host.control.ControlClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One seed and many peers that want the same file at the same moment, each with a link of limited rate: how long until the
 * last one has it, and how often the seed had to send it. The hosts run before and have each fetched a few files, as hosts
 * do that run for days; the commands come over their control sockets, so that no start of a program is measured.
 */
final class SwarmSpeed {

    private static final String SEED = "seed";
    /** After how many files a host's code is compiled, but for little. */
    private static final int WARM_UPS = 4;

    private final Setting setting;
    private final Scratch scratch;
    private final Swarm swarm;
    private final Swarm.Host seed;
    private final List<Swarm.Host> peers;

    /**
     * What is measured.
     *
     * @param megabits the rate of each link, both ways
     * @param lost how many percent of the packets are lost
     */
    record Setting(int peers, int megabits, int mebibytes, int rounds, int lost) {

        /** What the file takes over one link: no last peer can be sooner. */
        double bound() {
            return mebibytes * 1.048576 * 8 / megabits;
        }
    }

    private record Round(List<Double> seconds, double copiesFromSeed) {

        double last() {
            return seconds.getLast();
        }
    }

    private SwarmSpeed(Setting setting, Scratch scratch, Swarm swarm, Swarm.Host seed, List<Swarm.Host> peers) {
        this.setting = setting;
        this.scratch = scratch;
        this.swarm = swarm;
        this.seed = seed;
        this.peers = peers;
    }

    static void run(Setting setting) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create();
                Programs tools = new Programs(scratch.folder());
                Network network = Network.of(setting.peers() + 1, tools);
                Programs programs = new Programs(scratch.folder())) {
            Swarm swarm = Swarm.start(scratch.folder(), programs, network.hub());
            Swarm.Host seed = host(swarm, SEED, network.machine(0));
            List<Swarm.Host> peers = new ArrayList<>();
            for (int peer = 1; peer <= setting.peers(); peer++) {
                peers.add(host(swarm, "peer" + peer, network.machine(peer)));
            }
            SwarmSpeed speed = new SwarmSpeed(setting, scratch, swarm, seed, peers);
            for (int number = 1; number <= WARM_UPS; number++) {
                speed.round("warm-up-" + number + ".bin");
            }
            for (int machine = 0; machine <= setting.peers(); machine++) {
                network.limit(machine, setting.megabits());
                if (setting.lost() > 0) {
                    network.lose(machine, setting.lost());
                }
            }
            speed.measure();
        }
    }

    private static Swarm.Host host(Swarm swarm, String name, Machine machine) throws IOException, InterruptedException {
        swarm.prepare(name, "", machine);
        return swarm.run(name, machine);
    }

    private void measure() throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT,
                "%d MiB from one seed to %d peers, %d Mbit/s each, %d %% lost; the bound is %.2f s%n%n",
                setting.mebibytes(), setting.peers(), setting.megabits(), setting.lost(), setting.bound());
        System.out.println("| round | first done, s | last done, s | of the bound | copies that the seed sent |");
        System.out.println("|---|---|---|---|---|");
        for (int number = 1; number <= setting.rounds(); number++) {
            Round round = round("round-" + number + ".bin");
            System.out.printf(Locale.ROOT, "| %d | %.2f | %.2f | %.2f | %.2f |%n", number, round.seconds().getFirst(),
                    round.last(), round.last() / setting.bound(), round.copiesFromSeed());
        }
    }

    private Round round(String name) throws IOException, InterruptedException {
        Path file = scratch.file(name, setting.mebibytes());
        // each round has another content, or the peers would have it already
        Files.write(file, name.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        Files.move(file, seed.shared().resolve(name));
        swarm.awaitOffered(seed, name, 1);
        List<Double> seconds = getByAll(name);
        for (Swarm.Host peer : peers) {
            if (Files.mismatch(seed.shared().resolve(name), peer.downloads().resolve(name)) != -1) {
                throw new IOException(peer.name() + " has something else");
            }
        }
        return new Round(seconds.stream().sorted().toList(), sentBySeed(name) / (setting.mebibytes() * 1048576.0));
    }

    private List<Double> getByAll(String name) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            List<Double> seconds = new ArrayList<>();
            for (Future<Double> each : threads.invokeAll(
                    peers.stream().<Callable<Double>>map(peer -> () -> {
                        execute(peer, "get", "content", name);
                        return (System.nanoTime() - start) / 1e9;
                    }).toList())) {
                seconds.add(each.get());
            }
            return seconds;
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private long sentBySeed(String name) throws IOException, InterruptedException {
        return execute(seed, "status", "", "").path("uploads").valueStream()
                .filter(each -> each.path("name").asString("").equals(name))
                .mapToLong(each -> each.path("bytes").asLong())
                .sum();
    }

    private static JsonNode execute(Swarm.Host host, String operation, String key, String value)
            throws IOException, InterruptedException {
        return ControlClient.find(host.state()).orElseThrow(() -> new IOException(host.name() + " does not run"))
                .execute(operation, JsonMapper.shared().createObjectNode().put(key, value), event -> {});
    }
}
