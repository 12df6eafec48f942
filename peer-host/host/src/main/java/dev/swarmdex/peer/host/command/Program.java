package dev.swarmdex.peer.host.command;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that does one task on its main thread, and ends it in order on SIGINT and SIGTERM by interrupting it. */
public final class Program {

    /** What closing everything may take before the process ends all the same. */
    private static final Duration ORDERLY_END = Duration.ofSeconds(10);

    private Program() {}

    /** What the process does. */
    @FunctionalInterface
    public interface Task {

        /** Returns the exit code; an InterruptedException comes after everything the task had open was closed. */
        int run() throws InterruptedException;
    }

    /** Runs the task and ends the process with its exit code, or with the signal's. */
    public static void run(Task task) {
        Thread main = Thread.currentThread();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean signalled = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!ended.get()) {
                signalled.set(true);
                main.interrupt();
                joinForAWhile(main);
            }
        }, "stop"));
        int exitCode;
        try {
            exitCode = task.run();
        } catch (InterruptedException stopped) {
            exitCode = 1;
        }
        ended.set(true);
        // the signal's own exit is under way then, and waits for this thread: it must not wait for that one
        if (!signalled.get()) {
            System.exit(exitCode);
        }
    }

    private static void joinForAWhile(Thread main) {
        try {
            main.join(ORDERLY_END);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
