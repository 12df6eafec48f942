package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Computes the hash trees of files on a fixed number of platform threads, since this is work for the processor. A large
 * file is spread over all threads, in runs of pieces; small files go to one thread each. Safe for many threads.
 */
public final class TreeHasher implements AutoCloseable {

    private final FileHasher hasher;
    private final ExecutorService threads;
    private final Semaphore openRuns;

    /** A hasher that works on this many threads, say one for each core; none is started before there is work. */
    public TreeHasher(FileHasher hasher, int threadCount) {
        this.hasher = hasher;
        this.threads = Executors.newFixedThreadPool(threadCount,
                Thread.ofPlatform().daemon().name("hash-", 1).factory());
        this.openRuns = new Semaphore(2 * threadCount);
    }

    /**
     * Computes the tree of a regular file, without following a link, and waits for it.
     *
     * @param progress told from many threads how many more bytes were hashed
     * @throws IOException when the file can't be read, changes its size meanwhile, or this is closed
     * @throws InterruptedException when the calling thread is interrupted; hashing then stops
     */
    public HashTree hash(Path file, LongConsumer progress) throws IOException, InterruptedException {
        CompletableFuture<HashTree> tree = start(file, progress);
        try {
            return tree.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("cannot hash " + file + ": " + e.getCause(), e.getCause());
        } finally {
            tree.cancel(false);
        }
    }

    /**
     * Begins to compute the tree of a regular file, without following a link. Returns once all of the file is handed to
     * the threads, so it waits while they are busy. Cancelling what it returns stops the work.
     *
     * @param progress told from many threads how many more bytes were hashed
     * @return the tree; or an IOException when the file can't be read, changes its size meanwhile, or this is closed
     * @throws IOException when the file can't be opened
     * @throws InterruptedException when the calling thread is interrupted; hashing then stops
     */
    public CompletableFuture<HashTree> start(Path file, LongConsumer progress)
            throws IOException, InterruptedException {
        return start(HashedFile.open(file), progress);
    }

    CompletableFuture<HashTree> start(HashedFile file, LongConsumer progress) throws IOException, InterruptedException {
        FileHashing hashing;
        try {
            hashing = new FileHashing(hasher, file, progress);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        CompletableFuture<HashTree> tree = hashing.tree();
        try {
            hand(hashing.runs(), tree);
        } catch (InterruptedException e) {
            tree.cancel(false);
            throw e;
        } catch (RejectedExecutionException _) {
            openRuns.release();
            hashing.stop();
        }
        return tree;
    }

    private void hand(Iterator<FileHashing.Run> runs, CompletableFuture<HashTree> tree)
            throws InterruptedException {
        while (runs.hasNext() && !tree.isDone()) {
            openRuns.acquire();
            threads.execute(new HandedRun(runs.next()));
        }
    }

    /** Stops all hashing in progress and waits, for seconds at most, until its threads have ended. */
    @Override
    public void close() {
        threads.shutdownNow().forEach(neverStarted -> ((HandedRun) neverStarted).stop());
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class HandedRun implements Runnable {

        private final FileHashing.Run run;

        HandedRun(FileHashing.Run run) {
            this.run = run;
        }

        @Override
        public void run() {
            run.hash();
            openRuns.release();
        }

        void stop() {
            run.stop();
            openRuns.release();
        }
    }
}
