package dev.swarmdex.server.service.swarm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one shard that wait to be written, in order, in a ring of bounded size. A change says of whom something is to
 * be written, not what: that is looked up when it is taken, so that whoever comes and goes meanwhile costs no row. Guarded by
 * its shard.
 */
final class Unwritten {

    static final int MOST = 1024;
    private static final int FEWEST = 16;

    private @Nullable Swarm[] swarms = new Swarm[FEWEST];
    private long[] highs = new long[FEWEST];
    private long[] lows = new long[FEWEST];
    private int[] ports = new int[FEWEST];
    private Kind[] kinds = new Kind[FEWEST];
    private int head;
    private int size;

    enum Kind {
        /** The database is to have it as it is. */
        PRESENT,
        /** The database has it as a member, and it said good-bye. */
        LEFT,
        /** The same, and it was not heard of any more. */
        EXPIRED
    }

    /** Takes a change. */
    interface Taker {

        void take(Swarm swarm, Kind kind, long high, long low, int port);
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == MOST;
    }

    /** What is the oldest change about; only if there is one. */
    Kind oldest() {
        return kinds[head];
    }

    /** Adds a change, unless it is full. */
    void add(Swarm swarm, Kind kind, long high, long low, int port) {
        if (size == swarms.length) {
            grow();
        }
        int at = (head + size) & (swarms.length - 1);
        swarms[at] = swarm;
        kinds[at] = kind;
        highs[at] = high;
        lows[at] = low;
        ports[at] = port;
        size++;
        swarm.waiting++;
    }

    /** Hands over the oldest change; only if there is one. */
    void take(Taker taker) {
        int at = head;
        Swarm swarm = swarms[at];
        if (swarm == null) {
            throw new IllegalStateException("nothing waits");
        }
        swarms[at] = null;
        head = (head + 1) & (swarms.length - 1);
        size--;
        swarm.waiting--;
        taker.take(swarm, kinds[at], highs[at], lows[at], ports[at]);
    }

    /** It is full, so the oldest ones begin at {@code head} and go on at 0. */
    private void grow() {
        int old = swarms.length;
        swarms = Arrays.copyOf(swarms, 2 * old);
        kinds = Arrays.copyOf(kinds, 2 * old);
        highs = Arrays.copyOf(highs, 2 * old);
        lows = Arrays.copyOf(lows, 2 * old);
        ports = Arrays.copyOf(ports, 2 * old);
        System.arraycopy(swarms, 0, swarms, old, head);
        System.arraycopy(kinds, 0, kinds, old, head);
        System.arraycopy(highs, 0, highs, old, head);
        System.arraycopy(lows, 0, lows, old, head);
        System.arraycopy(ports, 0, ports, old, head);
        Arrays.fill(swarms, 0, head, null);
    }
}
