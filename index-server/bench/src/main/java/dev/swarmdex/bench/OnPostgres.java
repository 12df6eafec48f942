package dev.swarmdex.bench;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.PostgresServer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What PostgreSQL makes of the index: registrations a second beside plain inserts, bytes a row, and how soon another
 * server shows a change.
 */
final class OnPostgres {

    private static final int ITEMS = 16;
    private static final int UNDER_WAY = 2048;
    private static final int CHANGES = 200;
    /** Of the plain inserts, as for H2. */
    private static final int BATCH = 4096;

    private OnPostgres() {}

    static void run(int registrations) throws InterruptedException {
        try (var server = PostgresServer.start()) {
            String url = server.newDatabase();
            try (var one = open(url)) {
                long session = one.submit(new Change.Join(Sample.presence("alice"))).join();
                double plain = PlainInserts.rate(PostgresServer.settings(server.newDatabase(), InstantSource.system()),
                        registrations / BATCH * BATCH, BATCH);
                double stored = rate(one, session, registrations);
                System.out.printf(Locale.ROOT, "%,.0f plain inserts/s, %,.0f registrations/s: %.2f%n", plain, stored,
                        stored / plain);
                sizes(url);
                try (var other = open(url)) {
                    visibility(one, session, other);
                }
            }
        }
    }

    private static double rate(IndexStore store, long session, int registrations) {
        var underWay = new Semaphore(UNDER_WAY);
        long start = System.nanoTime();
        for (int first = 0; first < registrations; first += ITEMS) {
            underWay.acquireUninterruptibly();
            var _ = store.submit(new Change.Register(session, Sample.contents(first, ITEMS)))
                    .whenComplete((_, failure) -> {
                        underWay.release();
                        if (failure != null) {
                            throw new IllegalStateException(failure);
                        }
                    });
        }
        underWay.acquireUninterruptibly(UNDER_WAY);
        return registrations * 1e9 / (System.nanoTime() - start);
    }

    private static void sizes(String url) {
        for (var row : PostgresServer.rows(url, """
                select 'mapping' as name, pg_table_size('mapping') / count(*) as table_bytes,
                       pg_indexes_size('mapping') / count(*) as index_bytes from mapping
                union all
                select 'content', pg_table_size('content') / count(*), pg_indexes_size('content') / count(*)
                from content""")) {
            System.out.println("bytes for each row of " + row);
        }
    }

    private static void visibility(IndexStore one, long session, IndexStore other) throws InterruptedException {
        long[] milliseconds = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            String name = "visible" + i;
            var content = new Content(name, Optional.empty(), 1);
            one.submit(new Change.Register(session, List.of(content))).join();
            long start = System.nanoTime();
            while (other.lookups().byName(name, Cursor.START, 1).listings().isEmpty()) {
                Thread.sleep(1);
            }
            milliseconds[i] = (System.nanoTime() - start) / 1_000_000;
        }
        Arrays.sort(milliseconds);
        System.out.printf("acknowledged by one server, shown by the other after p50 %d, p95 %d, at most %d ms%n",
                milliseconds[CHANGES / 2], milliseconds[CHANGES * 95 / 100], milliseconds[CHANGES - 1]);
    }

    private static IndexStore open(String url) {
        return DatabaseStore.open(PostgresServer.settings(url, InstantSource.system()));
    }
}
