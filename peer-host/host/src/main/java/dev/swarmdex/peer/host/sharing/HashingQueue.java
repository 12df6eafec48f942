package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that wait to be hashed, in order, and the thread that feeds them to the hashing threads. Not bounded: it has
 * one entry at most for each file in its user's table. Safe for many threads.
 */
final class HashingQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HashingQueue.class);

    private record Job(Path file, long size, AtomicLong done, CompletableFuture<HashTree> tree) {}

    private final TreeHasher hasher;
    private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>();
    private final Thread feeder = Thread.ofPlatform().daemon().name("sharing-hash").unstarted(this::feed);
    private long bytesDone;
    private long bytesTotal;
    private int filesLeft;

    /** A queue before this hasher, which it closes in the end. */
    HashingQueue(TreeHasher hasher) {
        this.hasher = hasher;
    }

    void start() {
        feeder.start();
    }

    /**
     * Has a file hashed in its turn.
     *
     * @param size as far as known, for the progress
     * @param hashed told of the tree or the failure: by a hashing thread, and never by the one that calls this, however soon
     *     it is; only who cancels it is told by itself
     * @return its tree, once it is there; cancelling takes the file from the queue and stops its hashing
     */
    CompletableFuture<HashTree> add(Path file, long size, BiConsumer<@Nullable HashTree, @Nullable Throwable> hashed) {
        Job job = new Job(file, size, new AtomicLong(), new CompletableFuture<>());
        begin(job);
        var _ = job.tree.whenComplete((_, _) -> end(job));
        var _ = job.tree.whenComplete(hashed);
        waiting.add(job);
        return job.tree;
    }

    synchronized HashingProgress progress() {
        return new HashingProgress(Math.min(bytesDone, bytesTotal), bytesTotal, filesLeft);
    }

    private synchronized void begin(Job job) {
        filesLeft++;
        bytesTotal += job.size;
    }

    private synchronized void end(Job job) {
        filesLeft--;
        bytesTotal += job.done.get() - job.size;
        if (filesLeft == 0) {
            bytesDone = 0;
            bytesTotal = 0;
        }
    }

    private void advance(Job job, long bytes) {
        if (job.tree.isDone()) {
            throw new CancellationException("the file has changed");
        }
        synchronized (this) {
            job.done.addAndGet(bytes);
            bytesDone += bytes;
        }
    }

    private void feed() {
        try {
            while (true) {
                hash(waiting.take());
            }
        } catch (InterruptedException _) {
            LOG.debug("stopped with {} files left", waiting.size());
        }
    }

    private void hash(Job job) throws InterruptedException {
        if (job.tree.isDone()) {
            return;
        }
        try {
            CompletableFuture<HashTree> tree = hasher.start(job.file, bytes -> advance(job, bytes));
            var _ = tree.whenComplete((done, failure) -> {
                if (failure != null) {
                    job.tree.completeExceptionally(failure);
                } else {
                    job.tree.complete(done);
                }
            });
        } catch (IOException | RuntimeException e) {
            job.tree.completeExceptionally(e);
        }
    }

    /** Stops all hashing. */
    @Override
    public void close() {
        feeder.interrupt();
        hasher.close();
        try {
            feeder.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
