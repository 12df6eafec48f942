package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The heap that a full index takes, and how soon a server on it answers. */
final class Memory {

    /** A name of 25 bytes and an id of 32. */
    private static final int RAW = 57;

    private Memory() {}

    /** Measures an index of that many mappings in that folder, which is filled if it is empty; without one, in a passing one. */
    static void run(int mappings, Optional<Path> kept) throws IOException, InterruptedException, ExecutionException {
        if (kept.isPresent()) {
            measure(kept.get(), mappings);
        } else {
            var _ = Scratch.in(folder -> {
                measure(folder, mappings);
                return folder;
            });
        }
    }

    private static void measure(Path folder, int mappings) throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve("index.mv.db"))) {
            fill(folder, mappings);
        }
        // the first start leaves an archive of its classes for the next ones, as the launcher has a cache of them
        System.out.println("as after the installation:");
        answer(folder, mappings);
        System.out.println("as ever after:");
        answer(folder, mappings);
        AsOf.run(folder, mappings);
        heap(folder, mappings);
    }

    private static void fill(Path folder, int mappings) throws IOException {
        long start = System.nanoTime();
        try {
            Fill.with(folder, mappings);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        System.out.printf(Locale.ROOT, "filled with %,d mappings in %,d s, %,d MB%n", mappings,
                (System.nanoTime() - start) / 1_000_000_000, Files.size(folder.resolve("index.mv.db")) >> 20);
    }

    private static void answer(Path folder, int mappings) throws IOException {
        long start = System.nanoTime();
        List<String> options = new ArrayList<>(ServerProcess.AS_SHIPPED);
        options.addAll(List.of("-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"), "-XX:+AutoCreateSharedArchive",
                "-Xlog:disable"));
        try (var server = ServerProcess.start(folder, options, List.of(
                "store.url=" + StoreLoad.url(folder))); var peer = new LoadPeer(server.address(), "reader")) {
            peer.hello();
            var reply = (Reply.Contents) peer.ask(new Request.SearchName(Sample.name(mappings - 1), Cursor.NONE));
            if (reply.listings().size() != 1) {
                throw new IllegalStateException("a wrong answer: " + reply);
            }
            System.out.printf(Locale.ROOT, "first right answer %,d ms after the start of the process, with -Xmx2g%n",
                    (System.nanoTime() - start) / 1_000_000);
            peer.join(); // needs the writer, and so all in memory
            System.out.printf(Locale.ROOT, "first change %,d ms after the start%n",
                    (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void heap(Path folder, int mappings) throws InterruptedException {
        long before = used();
        try (var store = DatabaseStore.open(StoreSettings.of(StoreLoad.url(folder), Durability.PROCESS))) {
            while (!store.lookups().complete()) {
                Thread.sleep(100);
            }
            long bytes = used() - before;
            System.out.printf(Locale.ROOT, "heap after GC: %,d MB, %d bytes a mapping, of which %d are name and id"
                    + " (with the database's cache)%n", bytes >> 20, bytes / mappings, RAW);
        }
    }

    static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
