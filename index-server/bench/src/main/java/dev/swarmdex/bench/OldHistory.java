package dev.swarmdex.bench;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** How long a registration waits while history that is no longer kept is deleted, and how soon that is done. */
final class OldHistory {

    private static final Duration KEPT = Duration.ofDays(365);
    private static final Duration LATER = KEPT.plusDays(1);
    private static final long BETWEEN_REGISTRATIONS_MILLIS = 5;
    private static final int REGISTRATIONS_BETWEEN_LOOKS = 100;
    private static final int AFTERWARDS = 1000;

    private OldHistory() {}

    static void run(int mappings) throws IOException, InterruptedException, ExecutionException {
        System.out.println(
                "| durability | old mappings of all | deleted within, s | a registration meanwhile: p50, p99, longest, ms"
                        + " | and afterwards |\n|---|---|---|---|---|");
        for (Durability durability : Durability.values()) {
            var _ = Scratch.in(folder -> {
                try (var load = new StoreLoad(folder, durability)) {
                    load.register(0, mappings);
                    load.deregister(0, mappings / 2);
                }
                return later(folder, durability, mappings);
            });
        }
    }

    private static Path later(Path folder, Durability durability, int mappings)
            throws IOException, InterruptedException {
        var settings = new StoreSettings(StoreLoad.url(folder), "", "", durability, () -> Instant.now().plus(LATER),
                KEPT);
        try (IndexStore store = DatabaseStore.open(settings);
                Connection connection = DatabaseStore.connectBeside(settings)) {
            long session = store.submit(new Change.Join(Sample.presence("bob"))).join();
            long start = System.nanoTime();
            List<Long> meanwhile = register(store, session, mappings, () -> isOldLeft(connection));
            double seconds = (System.nanoTime() - start) / 1e9;
            int next = mappings + meanwhile.size();
            List<Long> afterwards = new ArrayList<>();
            while (afterwards.size() < AFTERWARDS) {
                afterwards.addAll(register(store, session, next + afterwards.size(), () -> false));
            }
            System.out.printf(Locale.ROOT, "| %s | %,d of %,d | %.1f | %s | %s |%n",
                    durability.name().toLowerCase(Locale.ROOT), mappings / 2, mappings, seconds, times(meanwhile),
                    times(afterwards));
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return folder;
    }

    /** Registers one content after the other, each a moment later; a hundred, and on while the condition holds. */
    private static List<Long> register(IndexStore store, long session, int first, BooleanSupplier goesOn)
            throws InterruptedException {
        List<Long> nanoseconds = new ArrayList<>();
        do {
            for (int i = 0; i < REGISTRATIONS_BETWEEN_LOOKS; i++) {
                long start = System.nanoTime();
                store.submit(new Change.Register(session, Sample.contents(first + nanoseconds.size(), 1))).join();
                nanoseconds.add(System.nanoTime() - start);
                Thread.sleep(BETWEEN_REGISTRATIONS_MILLIS);
            }
        } while (goesOn.getAsBoolean());
        return nanoseconds;
    }

    private static boolean isOldLeft(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet old = statement.executeQuery("select exists (select 1 from mapping"
                        + " where until >= timestamp with time zone '1970-01-01 00:00:00Z' and until < current_timestamp)")) {
            return old.next() && old.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String times(List<Long> nanoseconds) {
        List<Long> sorted = nanoseconds.stream().sorted().toList();
        return String.format(Locale.ROOT, "%.1f, %.1f, %.1f", sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6, sorted.getLast() / 1e6);
    }
}
