package dev.swarmdex.peer.host.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a stranger's code for a limited time. It gets a thread of its own, which is interrupted when the time is up and
 * left behind if that does not end it: nothing else can be done about code that hangs. A platform thread, because code
 * that spins would keep a virtual one's carrier from everybody else.
 */
final class TimeLimit {

    private TimeLimit() {}

    /**
     * What the call returns.
     *
     * @throws ExecutionException with what the call threw as its cause
     * @throws TimeoutException when the time is up
     * @throws InterruptedException when the calling thread is interrupted; then the call is interrupted too
     */
    static <T> T call(String name, Duration limit, Callable<T> call)
            throws ExecutionException, TimeoutException, InterruptedException {
        FutureTask<T> task = start(name, call);
        boolean ended = false;
        try {
            T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            ended = true;
            return result;
        } finally {
            if (!ended) {
                task.cancel(true);
            }
        }
    }

    /** As {@link #call}, for what has to be done even if the calling thread is interrupted, such as closing. */
    static <T> T callUninterrupted(String name, Duration limit, Callable<T> call)
            throws ExecutionException, TimeoutException {
        FutureTask<T> task = start(name, call);
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException hung) {
            task.cancel(true);
            throw hung;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> FutureTask<T> start(String name, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().name("plugin-" + name).start(task);
        return task;
    }
}
