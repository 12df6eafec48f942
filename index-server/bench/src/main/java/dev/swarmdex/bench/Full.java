package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Fills the disk under a loaded server and makes room again: registrations must be refused with the reason, lookups go on, the
 * server recover by itself, and all that was acknowledged be there.
 */
final class Full {

    private static final long LARGEST_DISK = 1L << 30;
    private static final String REASON = "the disk is full";
    private static final int TRIES_WHILE_FULL = 50;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

    private final Path folder;
    private final Path ballast;
    private final List<Block> acknowledged = new ArrayList<>();
    private int next = 1;

    private Full(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** What somebody who asked all the time was told. */
    private record Lookups(long answers, long longestNanoseconds) {}

    /** Runs in a folder of a small file system that has nothing else to do. */
    static void run(Path folder) throws IOException, InterruptedException, ExecutionException {
        FileStore disk = Files.getFileStore(folder);
        if (disk.getUsableSpace() > LARGEST_DISK) {
            throw new IOException(folder + " has too much room to fill: mount -t tmpfs -o size=64m tmpfs " + folder);
        }
        var full = new Full(folder);
        Files.write(full.ballast, new byte[Math.toIntExact(disk.getUsableSpace() / 2)]);
        var _ = Scratch.in(passing -> {
            full.fillAndRecover(passing);
            return passing;
        });
        full.check();
    }

    private void fillAndRecover(Path passing) throws IOException, InterruptedException, ExecutionException {
        try (var server = ServerProcess.start(passing, List.of("-Xmx512m"),
                List.of("store.url=" + StoreLoad.url(folder),
                        "frontend.native.lease=1h"));
                var peer = new LoadPeer(server.address(), "filler")) {
            peer.join();
            while (peer.tell(new Block(0).change(peer.identity())) instanceof Reply.Refused) {
                Thread.sleep(BETWEEN_TRIES);
            }
            var stopped = new AtomicBoolean();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Lookups> lookups = threads.submit(() -> lookUp(server.address(), stopped));
                try {
                    fill(peer);
                    refuse(peer);
                    recover(peer);
                } finally {
                    stopped.set(true);
                }
                Lookups seen = lookups.get();
                System.out.printf(Locale.ROOT, "lookups meanwhile: %,d right answers, the slowest after %,d ms%n",
                        seen.answers, seen.longestNanoseconds / 1_000_000);
            }
        }
    }

    private void fill(LoadPeer peer) throws IOException {
        Reply reply = register(peer);
        while (reply instanceof Reply.Done) {
            reply = register(peer);
        }
        requireReason(reply);
        System.out.printf(Locale.ROOT, "full after %,d registrations; refused with: %s%n",
                acknowledged.size() * Block.SIZE, ((Reply.Refused) reply).message());
    }

    private void refuse(LoadPeer peer) throws IOException, InterruptedException {
        int refused = 0;
        for (int i = 0; i < TRIES_WHILE_FULL; i++) {
            Reply reply = register(peer);
            if (reply instanceof Reply.Refused) {
                requireReason(reply);
                refused++;
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        System.out.printf(Locale.ROOT, "%d of %d more were refused%n", refused, TRIES_WHILE_FULL);
    }

    private void recover(LoadPeer peer) throws IOException, InterruptedException {
        Files.delete(ballast);
        long start = System.nanoTime();
        while (register(peer) instanceof Reply.Refused) {
            if (System.nanoTime() - start > LONGEST_RECOVERY.toNanos()) {
                throw new IOException("the index takes nothing " + LONGEST_RECOVERY + " after there was room again");
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        System.out.printf(Locale.ROOT, "takes registrations again %,d ms after there was room%n",
                (System.nanoTime() - start) / 1_000_000);
        for (int i = 0; i < TRIES_WHILE_FULL; i++) {
            if (!(register(peer) instanceof Reply.Done)) {
                throw new IOException("refused although there is room");
            }
        }
    }

    /** Registers a block, which may be there though it was refused: an answer tells less than a commit does. */
    private Reply register(LoadPeer peer) throws IOException {
        var block = new Block(next++ * Block.SIZE);
        Reply reply = peer.tell(block.change(peer.identity()));
        if (reply instanceof Reply.Done) {
            acknowledged.add(block);
        }
        return reply;
    }

    private static void requireReason(Reply reply) throws IOException {
        if (!(reply instanceof Reply.Refused refused) || !refused.message().contains(REASON)) {
            throw new IOException("not refused for the full disk: " + reply);
        }
    }

    /** Asks for the first block's contents, which are registered before the disk is full. */
    private static Lookups lookUp(InetSocketAddress server, AtomicBoolean stopped) throws IOException {
        try (var peer = new LoadPeer(server, "reader")) {
            peer.hello();
            long answers = 0;
            long longest = 0;
            while (!stopped.get()) {
                long start = System.nanoTime();
                int number = (int) (answers % Block.SIZE);
                var reply = (Reply.Contents) peer.ask(new Request.SearchName(Sample.name(number), Cursor.NONE));
                if (reply.listings().size() != 1) {
                    throw new IOException("a wrong answer while the disk is full: " + reply);
                }
                longest = Math.max(longest, System.nanoTime() - start);
                answers++;
            }
            return new Lookups(answers, longest);
        }
    }

    private void check() throws IOException, InterruptedException {
        try (IndexStore store = DatabaseStore.open(StoreSettings.of(StoreLoad.url(folder), Durability.PROCESS))) {
            while (!store.lookups().complete()) {
                Thread.sleep(BETWEEN_TRIES);
            }
            long lost = acknowledged.stream().flatMap(block -> block.names().stream())
                    .filter(name -> store.lookups().byName(name, dev.swarmdex.store.Cursor.START, 2).listings()
                            .size() != 1)
                    .count();
            System.out.printf(Locale.ROOT, "%,d acknowledged, %d lost%n", acknowledged.size() * Block.SIZE, lost);
            if (lost > 0) {
                throw new IOException("acknowledged registrations are lost");
            }
        }
    }
}
