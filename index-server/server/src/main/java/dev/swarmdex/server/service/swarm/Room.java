package dev.swarmdex.server.service.swarm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** How much the shards hold together, and may. Safe for any number of threads. */
final class Room {

    private final SwarmLimits limits;
    private final AtomicInteger swarms = new AtomicInteger();
    private final AtomicInteger members = new AtomicInteger();
    private final LongAdder unwritten = new LongAdder();

    Room(SwarmLimits limits) {
        this.limits = limits;
    }

    boolean takeSwarm() {
        return take(swarms, limits.swarms());
    }

    void giveSwarm() {
        swarms.decrementAndGet();
    }

    /** Whether there is room for one more member, in a swarm that has that many. */
    boolean takeMember(int present) {
        return present < limits.membersOfOne() && take(members, limits.members());
    }

    void giveMember() {
        members.decrementAndGet();
    }

    int swarms() {
        return swarms.get();
    }

    int members() {
        return members.get();
    }

    /** Whether swarms that nobody takes part in should go. */
    boolean isTight() {
        return swarms.get() > limits.swarms() / 8 * 7;
    }

    /** A change will not be written. */
    void leaveUnwritten() {
        unwritten.increment();
    }

    long leftUnwritten() {
        return unwritten.sum();
    }

    private static boolean take(AtomicInteger count, int most) {
        if (count.incrementAndGet() <= most) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
