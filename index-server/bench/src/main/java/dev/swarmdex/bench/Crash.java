package dev.swarmdex.bench;

import com.beust.jcommander.Parameter;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Kills a loaded server again and again, and looks each time whether the database has what was acknowledged: nothing lost,
 * nothing risen again, and a history without overlaps.
 */
public final class Crash {

    private static final int PEERS = 3;
    private static final int SHORTEST_LIFE = 1;
    private static final int LONGEST_LIFE = 2000;
    private static final int OUTAGE = 500;
    private static final int POLL = 50;
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(1);

    @Parameter(names = "--rounds", description = "how many kills")
    private int rounds = 50;

    @Parameter(names = "--url", description = "the database; without it, a new H2 file")
    private String url = "";

    @Parameter(names = "--user")
    private String user = "";

    @Parameter(names = "--password")
    private String password = "";

    @Parameter(names = "--postgres", description = "on a PostgreSQL server of its own, killed in every other round")
    private boolean postgres;

    @Parameter(names = "--durability", description = "fsync or process")
    private String durability = "process";

    @Parameter(names = "--seed", description = "chooses the moments of the kills")
    private long seed = System.nanoTime();

    private final List<CrashPeer> peers = IntStream.range(0, PEERS).mapToObj(CrashPeer::new).toList();

    /**
     * What all rounds together saw.
     *
     * @param acknowledged registrations and deregistrations that were answered
     * @param lost of these, registrations that were not there after a kill
     * @param risen deregistrations that were there after a kill
     * @param torn changes of which a part was there
     * @param overlaps mappings of one content and session that were open at the same time, and moments out of order
     */
    public record Summary(int kills, long acknowledged, int lost, int risen, int torn, long overlaps) {

        /** Whether every promise was kept, and there was something to keep. */
        public boolean isGood() {
            return acknowledged > 0 && lost == 0 && risen == 0 && torn == 0 && overlaps == 0;
        }

        private Summary plus(Summary other) {
            return new Summary(kills + other.kills, acknowledged + other.acknowledged, lost + other.lost,
                    risen + other.risen, torn + other.torn, overlaps + other.overlaps);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT,
                    "%d kills, %,d acknowledged: %d lost, %d risen again, %d torn, %d overlaps", kills, acknowledged,
                    lost, risen, torn, overlaps);
        }
    }

    /** Runs all rounds, and prints each. */
    public Summary run() throws IOException, InterruptedException, ExecutionException {
        System.out.println("seed " + seed);
        if (!postgres) {
            return run(Optional.empty());
        }
        try (var server = PostgresServer.start()) {
            url = server.newDatabase();
            user = "postgres";
            durability = "fsync";
            return run(Optional.of(server));
        }
    }

    private Summary run(Optional<PostgresServer> server)
            throws IOException, InterruptedException, ExecutionException {
        return Scratch.in(folder -> {
            var random = new Random(seed);
            var total = new Summary(0, 0, 0, 0, 0, 0);
            for (int round = 0; round < rounds; round++) {
                Optional<PostgresServer> victim = round % 2 == 0 ? Optional.empty() : server;
                total = total.plus(round(folder, random.nextInt(SHORTEST_LIFE, LONGEST_LIFE), victim));
                System.out.println(total);
            }
            return total;
        });
    }

    private Summary round(Path folder, int life, Optional<PostgresServer> victim)
            throws IOException, InterruptedException, ExecutionException {
        long before = acknowledged();
        load(folder, life, victim);
        try (var store = DatabaseStore.open(settings(folder))) {
            while (!store.lookups().complete()) {
                Thread.sleep(10);
            }
            var found = new Summary(1, acknowledged() - before, 0, 0, 0, overlaps(folder));
            for (CrashPeer peer : peers) {
                for (Block block : peer.blocks()) {
                    found = found.plus(compare(block, store));
                }
            }
            return found;
        }
    }

    private void load(Path folder, int life, Optional<PostgresServer> victim)
            throws IOException, InterruptedException, ExecutionException {
        List<String> options = new ArrayList<>(List.of("store.url=" + settings(folder).url(),
                "store.durability=" + durability, "frontend.native.lease=1h"));
        if (!user.isEmpty()) {
            options.addAll(List.of("store.user=" + user, "store.password=" + password));
        }
        long before = acknowledged();
        try (var server = ServerProcess.start(folder, List.of("-Xmx1g"), options);
                var threads = Executors.newFixedThreadPool(PEERS)) {
            List<Future<IOException>> ends = new ArrayList<>();
            for (CrashPeer peer : peers) {
                Callable<IOException> work = () -> peer.loadUntilGone(server.address());
                ends.add(threads.submit(work));
            }
            awaitMore(before);
            Thread.sleep(life);
            if (victim.isPresent()) {
                killAndAwaitRecovery(victim.get());
            }
            server.kill();
            for (var end : ends) {
                end.get();
            }
        }
    }

    /** The index server must go on by itself. */
    private void killAndAwaitRecovery(PostgresServer database) throws IOException, InterruptedException {
        database.kill();
        long before = acknowledged();
        Thread.sleep(OUTAGE);
        database.restart();
        long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
        while (acknowledged() == before) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the index takes nothing " + LONGEST_RECOVERY + " after its database is back");
            }
            Thread.sleep(POLL);
        }
    }

    /** Until the load has begun: on a busy machine a server takes its time. */
    private void awaitMore(long before) throws InterruptedException {
        for (int i = 0; i < 6000 && acknowledged() == before; i++) {
            Thread.sleep(10);
        }
    }

    private static Summary compare(Block block, IndexStore store) {
        int present = 0;
        for (String name : block.names()) {
            List<Listing> listings = store.lookups().byName(name, Cursor.START, 2).listings();
            present += listings.isEmpty() ? 0 : 1;
        }
        boolean torn = present > 0 && present < Block.SIZE;
        boolean wrong = !block.underWay() && !torn && block.registered() != present > 0;
        var found = new Summary(0, 0, wrong && block.registered() ? Block.SIZE : 0,
                wrong && !block.registered() ? Block.SIZE : 0, torn ? 1 : 0, 0);
        block.settle(present > 0);
        return found;
    }

    private long overlaps(Path folder) {
        try (var connection = DatabaseStore.connectBeside(settings(folder));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select count(*) from mapping a
                        where a.until < a.since or exists (
                            select 1 from mapping b
                            where b.content = a.content and b.session = a.session and b.number > a.number
                            and (a.until is null or b.since < a.until))""")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long acknowledged() {
        return peers.stream().mapToLong(CrashPeer::acknowledged).sum();
    }

    private StoreSettings settings(Path folder) {
        return new StoreSettings(url.isEmpty() ? StoreLoad.url(folder) : url, user, password,
                Durability.valueOf(durability.toUpperCase(Locale.ROOT)), InstantSource.system());
    }
}
