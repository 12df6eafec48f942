package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns the state of sharing: runs what other threads hand it, in order, from a bounded queue, and a
 * tick in regular intervals. A task that fails is logged and does not end the thread.
 */
final class EventLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int LONGEST_QUEUE = 4096;

    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final long tickNanos;
    private final Runnable tick;
    private final Thread thread;
    /** Who waits for what; of the thread itself. */
    private final List<Waiter> waiters = new ArrayList<>();
    private volatile boolean closed;

    private record Waiter(BooleanSupplier condition, CountDownLatch over) {}

    /** A loop that does not run yet. */
    EventLoop(Duration interval, Runnable tick) {
        this.tickNanos = interval.toNanos();
        this.tick = tick;
        this.thread = Thread.ofPlatform().daemon().name("sharing").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long nextTick = System.nanoTime();
        while (!closed) {
            try {
                Runnable task = tasks.poll(nextTick - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                }
                if (nextTick - System.nanoTime() <= 0) {
                    nextTick = System.nanoTime() + tickNanos;
                    tick.run();
                    waiters.removeIf(EventLoop::isOver);
                }
            } catch (InterruptedException _) {
                closed = true;
            } catch (RuntimeException e) {
                LOG.error("sharing goes on after a mistake in the program", e);
            }
        }
    }

    /** Whether the condition is met, or nobody waits for it any more. */
    private static boolean isOver(Waiter waiter) {
        if (waiter.over.getCount() > 0 && waiter.condition.getAsBoolean()) {
            waiter.over.countDown();
        }
        return waiter.over.getCount() == 0;
    }

    /** Hands over a task, waiting while the queue is full; not for the loop's own thread. */
    void put(Runnable task) throws InterruptedException {
        tasks.put(task);
    }

    /**
     * Has a task done and waits for its result; not for the loop's own thread.
     *
     * @throws IOException what the task throws; or when the loop is closed or the calling thread interrupted
     */
    <T> T call(Callable<T> task) throws IOException {
        FutureTask<T> future = new FutureTask<>(task);
        try {
            while (!tasks.offer(future, 1, TimeUnit.SECONDS)) {
                checkOpen();
            }
            while (true) {
                checkOpen();
                try {
                    return future.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    LOG.debug("a command waits for its turn");
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private void checkOpen() throws SharingException {
        if (closed) {
            throw new SharingException("the host is stopping");
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException failure -> failure;
            case RuntimeException mistake -> throw mistake;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /**
     * Waits until a condition is met, which is asked on the loop's thread after each tick.
     *
     * @return whether it was met before the time was over
     * @throws IOException when the loop is closed or the calling thread interrupted
     */
    boolean await(BooleanSupplier condition, Duration atMost) throws IOException {
        Waiter waiter = new Waiter(condition, new CountDownLatch(1));
        call(() -> waiters.add(waiter));
        long end = System.nanoTime() + atMost.toNanos();
        try {
            for (long left = atMost.toNanos(); left > 0; left = end - System.nanoTime()) {
                checkOpen();
                if (waiter.over.await(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS)) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException _) {
            throw interrupted();
        } finally {
            waiter.over.countDown();
        }
    }
    /** Ends the thread, after the task it is at; those that wait are not run any more. */
    @Override
    public void close() {
        closed = true;
        tasks.offer(() -> {}); // so that it does not wait for the next tick; an interrupt could close the hash cache
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
