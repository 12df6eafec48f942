package dev.swarmdex.server.service.swarm;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The 16 bits that a member has beside its address: when it was heard of last, in ticks of which a lease has
 * {@value #LEASE}, and what the database knows of it. Ticks wrap around after 8 leases; a member is looked at every few
 * seconds, so that none is ever that old.
 */
final class State {

    static final int MASK = 0xFFFF;
    /** The database has it as a member. */
    static final int STORED = 0x8000;
    /** Something of it waits to be written. */
    static final int UNWRITTEN = 0x4000;
    /** What it has become was left out from the writing. */
    static final int LEFT_OUT = 0x2000;
    /** How many ticks a lease has. */
    static final int LEASE = 1024;

    private static final int TICKS = 0x1FFF;
    private static final int HALF = 0x1000;

    private State() {}

    /** A clock of ticks, which begins now. */
    static Clock clock(LongSupplier nanoTime, Duration lease) {
        long length = Math.max(1, lease.toNanos() / LEASE);
        long origin = nanoTime.getAsLong();
        return () -> (int) ((nanoTime.getAsLong() - origin) / length) & TICKS;
    }

    /** Tells the tick. For any thread. */
    interface Clock {

        int now();
    }

    static int renewed(int state, int now) {
        return (state & ~TICKS) | now;
    }

    /** Over since the tick before now. */
    static int over(int state, int now) {
        return renewed(state, (now - LEASE - 1) & TICKS);
    }

    /** A member that another thread has heard of a moment after {@code now} is fresh, not ancient. */
    static boolean isOver(int state, int now) {
        int age = (now - state) & TICKS;
        return age > LEASE && age < HALF;
    }
}
