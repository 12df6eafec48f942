package dev.swarmdex.bench;

import dev.swarmdex.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** How large the database file gets while registrations come and go, in the quiet after that, and once it is compacted. */
final class Size {

    /** The file is as short as it gets when it has kept its size for so long. */
    private static final int QUIET_SECONDS = 20;

    private Size() {}

    static void run(int registrations) throws IOException, InterruptedException, ExecutionException {
        for (Durability durability : Durability.values()) {
            var _ = Scratch.in(folder -> {
                Path file = folder.resolve("index.mv.db");
                var load = new StoreLoad(folder, durability);
                load.register(0, registrations);
                long registered = Files.size(file);
                load.deregister(0, registrations);
                System.out.printf(Locale.ROOT,
                        "%s: %,d MB after %,d registrations, %,d MB after as many deregistrations",
                        durability, registered >> 20, registrations, Files.size(file) >> 20);
                long start = System.nanoTime();
                awaitQuiet(file);
                System.out.printf(Locale.ROOT, ", %,d MB within %.0f s", Files.size(file) >> 20,
                        (System.nanoTime() - start) / 1e9);
                start = System.nanoTime();
                load.close();
                System.out.printf(Locale.ROOT, ", %,d MB closed (in %.1f s)", Files.size(file) >> 20,
                        (System.nanoTime() - start) / 1e9);
                compact(folder);
                System.out.printf(Locale.ROOT, ", %,d MB compacted%n", Files.size(file) >> 20);
                return file;
            });
        }
    }

    private static void awaitQuiet(Path file) throws IOException, InterruptedException {
        long size = -1;
        while (Files.size(file) != size) {
            size = Files.size(file);
            Thread.sleep(QUIET_SECONDS * 1000);
        }
    }

    private static void compact(Path folder) throws IOException {
        try (var database = DriverManager.getConnection(StoreLoad.url(folder), "swarmdex", "");
                var statement = database.createStatement()) {
            statement.execute("shutdown compact");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
