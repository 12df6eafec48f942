package dev.swarmdex.bench;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The rival: the same rows in the same tables, by batches of plain Jdbi inserts and nothing else. */
final class PlainInserts {

    private PlainInserts() {}

    /**
     * Inserts registrations into a new H2 database in the folder, and returns how many it did in a second.
     *
     * @param before how many it inserts first, which do not count
     */
    static double rate(Path folder, Durability durability, int before, int registrations, int batch) {
        String url = "jdbc:h2:file:" + folder.resolve("plain");
        DatabaseStore.open(StoreSettings.of(url, durability)).close(); // the schema
        boolean durable = durability == Durability.FSYNC;
        Jdbi jdbi = Jdbi.create(() -> DriverManager
                .getConnection(url + ";WRITE_DELAY=" + (durable ? 500 : 0), "swarmdex", ""));
        return rate(jdbi, before, registrations, batch, handle -> {
            if (durable) {
                handle.execute("CHECKPOINT SYNC");
            }
        });
    }

    /** The same on an empty PostgreSQL database, which is as durable as it commits. */
    static double rate(StoreSettings postgres, int registrations, int batch) {
        DatabaseStore.open(postgres).close(); // the schema
        Jdbi jdbi = Jdbi.create(() -> DriverManager.getConnection(postgres.url() + "?reWriteBatchedInserts=true",
                postgres.user(), postgres.password()));
        return rate(jdbi, 0, registrations, batch, handle -> {});
    }

    private static double rate(Jdbi jdbi, int before, int registrations, int batch, Consumer<Handle> afterBatch) {
        try (Handle handle = jdbi.open()) {
            handle.execute("insert into peer values (1, 'native', 'alice')");
            handle.execute("""
                    insert into session (number, peer, session_key, host, since)
                    values (1, 1, 'alice', '192.0.2.1', current_timestamp)""");
            insert(handle, 0, before, batch, afterBatch);
            long start = System.nanoTime();
            insert(handle, before, registrations, batch, afterBatch);
            return registrations * 1e9 / (System.nanoTime() - start);
        }
    }

    private static void insert(Handle handle, int first, int count, int batch, Consumer<Handle> afterBatch) {
        for (int next = first; next < first + count; next += batch) {
            int from = next;
            handle.useTransaction(transaction -> insert(transaction, from, Sample.contents(from, batch)));
            afterBatch.accept(handle);
        }
    }

    private static void insert(Handle handle, int first, List<Content> contents) {
        OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
        try (var rows = handle.prepareBatch("""
                insert into content (number, name, content_id, size) values (:number, :name, :id, :size)""")) {
            int number = first;
            for (Content content : contents) {
                rows.bind("number", ++number).bind("name", content.name()).bind("id", content.id().orElseThrow())
                        .bind("size", content.size()).add();
            }
            rows.execute();
        }
        try (var rows = handle.prepareBatch("""
                insert into mapping (number, content, session, since) values (:number, :content, 1, :since)""")) {
            for (int number = first + 1; number <= first + contents.size(); number++) {
                rows.bind("number", number).bind("content", number).bind("since", now).add();
            }
            rows.execute();
        }
    }
}
