package dev.swarmdex.peer.host.index;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The registrar's rounds, in each of which it brings the index in line, for those who wait for one. Safe for any thread. */
final class Rounds {

    private long begun;
    private long ended;
    private boolean failing;
    private int waiting;

    synchronized void begin() {
        begun++;
    }

    /** The round that was begun last has done all that it was to do. */
    synchronized void end() {
        ended = begun;
        failing = false;
        notifyAll();
    }

    /** It has not, and it may be long until one does. */
    synchronized void fail() {
        failing = true;
        notifyAll();
    }

    /** Whether somebody waits for the next one. */
    synchronized boolean isAwaited() {
        return waiting > 0;
    }

    /**
     * Waits until a round has ended that began after this was called.
     *
     * @param call asks for one
     * @return whether one did in time; false at once where they fail
     */
    boolean awaitNext(Runnable call, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (this) {
            long next = begun + 1;
            waiting++;
            try {
                call.run();
                for (long left = atMost.toNanos(); ended < next && !failing && left > 0; left = end
                        - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
                return ended >= next;
            } finally {
                waiting--;
            }
        }
    }
}
