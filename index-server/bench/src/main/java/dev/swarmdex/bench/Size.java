package dev.swarmdex.bench;

import dev.swarmdex.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** How large the database file gets while registrations come and go, and how large it is once it is compacted. */
final class Size {

    private Size() {}

    static void run(int registrations) throws IOException, InterruptedException, ExecutionException {
        for (Durability durability : Durability.values()) {
            var _ = Scratch.in(folder -> {
                Path file = folder.resolve("index.mv.db");
                var load = new StoreLoad(folder, durability);
                load.register(0, registrations);
                long registered = Files.size(file);
                load.deregister(0, registrations);
                long deregistered = Files.size(file);
                long start = System.nanoTime();
                load.close();
                long closing = (System.nanoTime() - start) / 1_000_000;
                System.out.printf(Locale.ROOT,
                        "%s: %,d MB after %,d registrations, %,d MB after as many deregistrations, %,d MB closed"
                                + " (in %,d ms)%n",
                        durability, registered >> 20, registrations, deregistered >> 20, Files.size(file) >> 20,
                        closing);
                return file;
            });
        }
    }
}
