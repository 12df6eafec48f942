package dev.swarmdex.peer.host.rate;

import dev.swarmdex.config.DataRate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A limit that any number of threads share, first come, first served; it can be changed at any time. Guarded by its
 * monitor, which nobody holds while waiting.
 *
 * <p>A token bucket as two counts of bytes that only grow: how many were asked for so far, and how many were allowed so
 * far. Whoever asks waits until the second count has reached what the first one was after the question. The allowance
 * grows with time, but never to more than a short burst ahead of the questions, so that an idle time is not made up for.
 */
public final class RateLimit {

    /** How much more may flow after an idle time: what a tenth of a second allows, but always a good write. */
    private static final double BURST_SECONDS = 0.1;
    private static final long SMALLEST_BURST = 64 << 10;
    /** How soon those who wait notice that the limit was changed, or that they need not wait any more. */
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    /** Of what flows in a second, the part that takes its turn at once. */
    private static final int TURNS = 8;
    private static final int SMALLEST_SLICE = 512;
    private static final int LARGEST_SLICE = 64 << 10;
    /** How long what is asked of others at once may take. */
    private static final int ORDER_SECONDS = 2;
    private static final int SMALLEST_ORDER = 4 << 10;

    private static final Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };

    private final Clock clock;
    private DataRate rate;
    private double asked;
    private double allowed;
    private long updated;

    /** Time, and a way to let it pass. */
    interface Clock {

        long nanoTime();

        void sleep(long nanos);
    }

    /** A limit by the system's clock. */
    public RateLimit(DataRate rate) {
        this(rate, SYSTEM);
    }

    RateLimit(DataRate rate, Clock clock) {
        this.clock = clock;
        this.rate = rate;
        this.updated = clock.nanoTime();
        this.allowed = burst();
    }

    /** Whether there is none at the moment. */
    public synchronized boolean isUnlimited() {
        return rate.isUnlimited();
    }

    /** How many bytes should take their turn at once. */
    public synchronized int slice() {
        return slice(rate.bytesPerSecond());
    }

    /** The slower, the less at once, so that those who share a limit take turns before they get impatient. */
    static int slice(long bytesPerSecond) {
        return Math.clamp(bytesPerSecond / TURNS, SMALLEST_SLICE, LARGEST_SLICE);
    }

    /**
     * How many bytes should be asked of others at once, if that may be so many: what flows in a short time, so that neither
     * they wait long until all is taken, nor for the next question.
     */
    public synchronized int order(int most) {
        return rate.isUnlimited()
                ? most
                : (int) Math.min(most, Math.max(SMALLEST_ORDER, rate.bytesPerSecond() * ORDER_SECONDS));
    }

    /** Whether nobody has used it for a while. */
    synchronized boolean isIdle() {
        grow();
        return allowed >= asked + burst();
    }

    /** Changes the limit, for those who wait already too. */
    public synchronized void change(DataRate newRate) {
        grow();
        rate = newRate;
        allowed = Math.min(allowed, asked + burst());
    }

    /**
     * Waits until so many bytes may flow.
     *
     * @param givenUp whether nobody wants them any more; asked several times a second
     * @return false when it was given up; also with the thread interrupted, which stays so
     */
    public boolean await(int bytes, BooleanSupplier givenUp) {
        double mine = ask(bytes);
        for (long wait = nanosUntil(mine); wait > 0; wait = nanosUntil(mine)) {
            if (givenUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            clock.sleep(Math.min(wait, LOOK_AGAIN));
        }
        return true;
    }

    private synchronized double ask(int bytes) {
        grow();
        asked += bytes;
        return asked;
    }

    private synchronized long nanosUntil(double count) {
        if (rate.isUnlimited()) {
            return 0;
        }
        grow();
        double missing = count - allowed;
        return missing <= 0 ? 0 : (long) Math.ceil(missing * 1e9 / rate.bytesPerSecond());
    }

    private void grow() {
        long now = clock.nanoTime();
        allowed = rate.isUnlimited()
                ? asked + burst()
                : Math.min(allowed + (now - updated) * 1e-9 * rate.bytesPerSecond(), asked + burst());
        updated = now;
    }

    private long burst() {
        return rate.isUnlimited() ? 0 : Math.max(SMALLEST_BURST, (long) (rate.bytesPerSecond() * BURST_SECONDS));
    }
}
