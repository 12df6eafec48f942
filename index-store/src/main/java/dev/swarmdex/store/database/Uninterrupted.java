package dev.swarmdex.store.database;

import java.time.Duration;

/** Waits for what must be over before its file is closed, whoever is in a hurry. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Waits for the thread's end, also if this thread is interrupted, which it then still is; false if it took longer. */
    static boolean join(Thread thread, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
