package dev.swarmdex.bench;

import dev.swarmdex.server.service.swarm.Question;
import dev.swarmdex.server.service.swarm.SwarmLimits;
import dev.swarmdex.server.service.swarm.Swarms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * The tracker beside Debian's opentracker: both on the first core, in turns, under the same load from the second one. Ours
 * writes its swarms to a database meanwhile, on the same core.
 */
final class TrackerBench {

    private static final int TORRENTS = 100_000;
    private static final int SECONDS = 1;
    /** Until the compiler, which shares the core, has little left to do. */
    private static final int WARM_UPS = 40;
    private static final List<String> KINDS = List.of("scrape", "announce");
    private static final int ALLOCATION_SECONDS = 10;
    private static final long RENEWALS = 20_000;
    private static final int MEMBERS = 1_000_000;
    private static final List<Integer> MEMBERS_A_SWARM = List.of(10, 100);

    private TrackerBench() {}

    static void rates(int rounds) throws IOException, InterruptedException, ExecutionException {
        var _ = Scratch.in(folder -> {
            TrackerLoad load = new TrackerLoad(new LoadProgram(folder), TORRENTS);
            try (OpenTracker rival = OpenTracker.start(Files.createDirectory(folder.resolve("rival")), load);
                    ServerProcess ours = start(Files.createDirectory(folder.resolve("ours")))) {
                measure(load, rival.port(), ours, rounds);
            }
            return folder;
        });
    }

    private static ServerProcess start(Path folder) throws IOException {
        return ServerProcess.start(folder, List.of("taskset", "-c", "0"), """
                [[frontend]]
                protocol = "tracker"
                bind = "127.0.0.1:0"
                """, ServerProcess.AS_SHIPPED,
                List.of("store.url=jdbc:h2:file:" + folder.resolve("index")));
    }

    private static void measure(TrackerLoad load, int rival, ServerProcess server, int rounds)
            throws IOException, InterruptedException, ExecutionException {
        int ours = server.address().getPort();
        load.fill(rival, MEMBERS);
        load.fill(ours, MEMBERS);
        for (String kind : KINDS) {
            load.run(kind, rival, SECONDS, 0, 0);
            for (int i = 0; i < WARM_UPS; i++) {
                load.run(kind, ours, SECONDS, 0, i % 2);
            }
        }
        Duel.printHead("opentracker");
        for (String kind : KINDS) {
            new Duel((rate, seed) -> load.run(kind, rival, SECONDS, rate, seed),
                    (rate, seed) -> load.run(kind, ours, SECONDS, rate, seed), rounds).run(kind);
        }
        allocations(load, ours, server);
    }

    /** What answering leaves to the collector: scrapes, and announces of members that are there already. */
    private static void allocations(TrackerLoad load, int port, ServerProcess server)
            throws IOException, InterruptedException, ExecutionException {
        for (String kind : KINDS) {
            Allocations.Load renewals = () -> (long) (ALLOCATION_SECONDS
                    * load.run(kind, port, ALLOCATION_SECONDS, RENEWALS, 1).responsesASecond());
            long _ = renewals.run();
            Allocations.print(kind, server, "tracker-listener", renewals);
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
        TrackerLoad load = new TrackerLoad(new LoadProgram(folder), swarms);
        try (OpenTracker rival = OpenTracker.start(Files.createDirectory(folder.resolve("rival")), load)) {
            long before = rival.memory();
            LoadProgram.Result result = load.fill(rival.port(), MEMBERS);
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
}
