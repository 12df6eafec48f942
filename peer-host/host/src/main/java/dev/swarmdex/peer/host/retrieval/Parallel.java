package dev.swarmdex.peer.host.retrieval;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Runs tasks at the same time, each on a virtual thread, and ends only when all of them have. */
final class Parallel {

    private Parallel() {}

    /** What one of them does. */
    @FunctionalInterface
    interface Task {

        void run() throws IOException, InterruptedException;
    }

    /** Runs one task that many times at once. */
    static void run(int times, Task task) throws IOException, InterruptedException {
        run(Collections.nCopies(times, task));
    }

    /** Runs them all; the first failure, or an interrupt of this thread, interrupts the others and is thrown. */
    static void run(List<? extends Task> tasks) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
            for (Task task : tasks) {
                running.submit(() -> {
                    task.run();
                    return null;
                });
            }
            try {
                for (int ended = 0; ended < tasks.size(); ended++) {
                    running.take().get();
                }
            } catch (ExecutionException failure) {
                threads.shutdownNow();
                throw thrown(failure.getCause());
            } catch (InterruptedException stopped) {
                threads.shutdownNow();
                throw stopped;
            }
        }
    }

    private static IOException thrown(@Nullable Throwable cause) throws InterruptedException {
        return switch (cause) {
            case IOException known -> known;
            case InterruptedException stopped -> throw stopped;
            case RuntimeException mistake -> throw mistake;
            case null, default -> new IOException(cause);
        };
    }
}
