package dev.swarmdex.bench;

import dev.swarmdex.server.service.swarm.Question;
import dev.swarmdex.server.service.swarm.SwarmLimits;
import dev.swarmdex.server.service.swarm.Swarms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * The tracker beside Debian's opentracker: both on the first core, in turns, under the same load from the second one. Ours
 * writes its swarms to a database meanwhile, on the same core.
 */
final class TrackerBench {

    private static final int TORRENTS = 100_000;
    private static final int SECONDS = 4;
    private static final int WARM_UP_SECONDS = 8;
    private static final List<String> KINDS = List.of("scrape", "announce");
    private static final int MEMBERS = 1_000_000;
    private static final List<Integer> MEMBERS_A_SWARM = List.of(10, 100);

    private TrackerBench() {}

    static void rates(int rounds) throws IOException, InterruptedException, ExecutionException {
        var _ = Scratch.in(folder -> {
            TrackerLoad load = TrackerLoad.build(folder, TORRENTS);
            try (OpenTracker rival = OpenTracker.start(Files.createDirectory(folder.resolve("rival")), load);
                    ServerProcess ours = start(Files.createDirectory(folder.resolve("ours")))) {
                measure(load, rival.port(), ours.address().getPort(), rounds);
            }
            return folder;
        });
    }

    private static ServerProcess start(Path folder) throws IOException {
        return ServerProcess.start(folder, List.of("taskset", "-c", "0"), """
                [[frontend]]
                protocol = "tracker"
                bind = "127.0.0.1:0"
                """, List.of("-Xmx2g", "--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders"),
                List.of("store.url=jdbc:h2:file:" + folder.resolve("index")));
    }

    private static void measure(TrackerLoad load, int rival, int ours, int rounds)
            throws IOException, InterruptedException {
        for (String kind : KINDS) {
            load.run(kind, ours, WARM_UP_SECONDS, 0);
            load.run(kind, rival, 1, 0);
        }
        Map<String, Double> half = new TreeMap<>();
        System.out.printf("%-9s %5s %14s %14s %7s%n", "responses", "round", "opentracker/s", "ours/s", "ratio");
        for (String kind : KINDS) {
            double[] theirs = new double[rounds];
            double[] own = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                theirs[round] = load.run(kind, rival, SECONDS, 0).responsesASecond();
                own[round] = load.run(kind, ours, SECONDS, 0).responsesASecond();
                System.out.printf(Locale.ROOT, "%-9s %5d %,14.0f %,14.0f %7.2f%n", kind, round + 1, theirs[round],
                        own[round], own[round] / theirs[round]);
            }
            double[] ratios = IntStream.range(0, rounds).mapToDouble(i -> own[i] / theirs[i]).toArray();
            System.out.printf(Locale.ROOT, "%-9s %5s %,14.0f %,14.0f %7.2f%n", kind, "mid", median(theirs),
                    median(own), median(ratios));
            half.put(kind, median(theirs) / 2);
        }
        System.out.printf("%n%-9s %5s %14s %14s%n", "p99", "round", "opentracker µs", "ours µs");
        for (String kind : KINDS) {
            long rate = half.getOrDefault(kind, 0.0).longValue();
            for (int round = 0; round < rounds; round++) {
                TrackerLoad.Result theirs = load.run(kind, rival, SECONDS, rate);
                TrackerLoad.Result own = load.run(kind, ours, SECONDS, rate);
                System.out.printf(Locale.ROOT, "%-9s %5d %,14d %,14d   (median %d and %d) at %,d requests/s%n", kind,
                        round + 1, theirs.p99(), own.p99(), theirs.median(), own.median(), rate);
            }
        }
    }

    static void memory() throws IOException, InterruptedException, ExecutionException {
        System.out.printf("%n%-8s %10s %14s %10s %7s%n", "memory", "a swarm", "opentracker B", "ours B", "ratio");
        for (int each : MEMBERS_A_SWARM) {
            double theirs = Scratch.in(folder -> theirMemory(folder, MEMBERS / each));
            double own = ourMemory(MEMBERS / each);
            System.out.printf(Locale.ROOT, "%-8s %10d %14.1f %10.1f %7.2f%n", "a member", each, theirs, own,
                    own / theirs);
        }
    }

    private static double theirMemory(Path folder, int swarms) throws IOException, InterruptedException {
        TrackerLoad load = TrackerLoad.build(folder, swarms);
        try (OpenTracker rival = OpenTracker.start(Files.createDirectory(folder.resolve("rival")), load)) {
            long before = rival.memory();
            TrackerLoad.Result result = load.fill(rival.port(), MEMBERS);
            return (double) (rival.memory() - before) / (MEMBERS - result.lost());
        }
    }

    /** Of the heap, with what waits to be written. */
    private static double ourMemory(int swarms) throws InterruptedException {
        long before = Memory.used();
        Swarms ours = new Swarms(new SwarmLimits(MEMBERS, MEMBERS, MEMBERS), Duration.ofMinutes(45), System::nanoTime);
        Question question = new Question();
        for (int i = 0; i < MEMBERS; i++) {
            question.swarm(i % swarms, 1, 2).member(0, 0xFFFF_7F00_0001L, 1024 + i / swarms).tells(false, false, false)
                    .wants(0);
            if (!ours.announce(question, i, (_, _, _) -> {})) {
                throw new IllegalStateException("no room");
            }
        }
        long after = Memory.used();
        return (double) (after - before) / ours.members();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
