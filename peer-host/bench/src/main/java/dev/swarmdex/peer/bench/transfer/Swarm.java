package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An index server and hosts on this machine, each in a process of its own, started by the launcher as a user would. */
final class Swarm {

    private static final Path HOME = Path.of(System.getProperty("swarmdex.home", ".")).toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Programs programs;
    private final int indexPort;

    /** A host; what it downloads goes to {@code NAME/downloads}, and it shares {@code NAME/shared}. */
    record Host(String name, Path folder, Process process) {

        Path config() {
            return folder.resolve("peer.toml");
        }

        Path shared() {
            return folder.resolve("shared");
        }

        Path downloads() {
            return folder.resolve("downloads");
        }
    }

    private Swarm(Path folder, Programs programs, int indexPort) {
        this.folder = folder;
        this.programs = programs;
        this.indexPort = indexPort;
    }

    /** Starts an index server in that folder. */
    static Swarm start(Path folder, Programs programs) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("index-server.toml"), """
                [store]
                url = "jdbc:h2:file:%s/data/index"
                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"
                [console]
                bind = "127.0.0.1:0"
                [log]
                file = ""
                """.formatted(folder));
        Programs.Running index = programs.start("index.log", launcher("index", "run", "-c", config.toString()));
        return new Swarm(folder, programs,
                Integer.parseInt(index.await("front-end listens on udp://127.0.0.1:(\\d+)").group(1)));
    }

    private static List<String> launcher(String... words) {
        return Stream.concat(Stream.of(HOME.resolve("swarmdex").toString()), Stream.of(words)).toList();
    }

    /**
     * Makes a host's folders; it does not run yet.
     *
     * @param more lines of its config
     */
    Path prepare(String name, String more) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(own.resolve("shared"));
        Path plugins = Files.createDirectories(own.resolve("plugins"));
        try (Stream<Path> jars = Files.list(HOME.resolve("plugins"))) {
            for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, plugins.resolve(jar.getFileName()));
            }
        }
        Files.writeString(own.resolve("peer.toml"), """
                name = "%1$s"
                state-dir = "%2$s/state"
                download-dir = "%2$s/downloads"
                plugins-dir = "%2$s/plugins"
                share = ["%2$s/shared"]
                [discovery]
                index = ["udp://127.0.0.1:%3$d"]
                [[transport]]
                scheme = "tcp"
                bind = "127.0.0.1:0"
                [log]
                file = ""
                %4$s
                """.formatted(name, own, indexPort, more));
        return own;
    }

    /** Runs a host whose folders are there. */
    Host run(String name) throws IOException, InterruptedException {
        Path own = folder.resolve(name);
        Programs.Running host = programs.start(name + ".log",
                launcher("peer", "run", "-c", own.resolve("peer.toml").toString()));
        host.await("peer " + name + " is up");
        return new Host(name, own, host.process());
    }

    /** Runs a command of that host and returns what it printed. */
    String command(Host host, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(launcher("peer"));
        all.addAll(List.of(words));
        all.addAll(List.of("-c", host.config().toString()));
        return programs.run(all);
    }

    /** Waits until the index lists a content with so many peers. */
    void awaitOffered(Host asking, String content, int peers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (offering(asking, content) != peers) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain for " + peers + " peers to offer " + content);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long offering(Host asking, String content) throws IOException, InterruptedException {
        JsonNode list = JsonMapper.shared().readTree(command(asking, "search", content, "--json"));
        return list.valueStream().filter(each -> each.path("name").asString("").equals(content))
                .mapToLong(each -> each.path("peers").size()).sum();
    }
}
