package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.SwarmChange;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The swarms of a tracker, which outlast it: loaded at the start, and written behind by one thread, which also ends who is not
 * heard of any more. Started and closed once.
 */
public final class SwarmService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmService.class);
    private static final int SWEEPS_A_LEASE = 30;
    private static final Duration LONGEST_BETWEEN_SWEEPS = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final IndexService index;
    private final Swarms swarms;
    private final Journal journal;
    private final Pace pace;
    private final Duration betweenSweeps;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread keeper;
    private long swept = System.nanoTime();
    private long told;

    /**
     * A service that does nothing yet.
     *
     * @param lease how long a member stays without announcing itself
     * @param rowsASecond the most changes that are written in a second
     * @param nanoTime a clock that never goes back
     */
    public SwarmService(IndexService index, SwarmLimits limits, Duration lease, int rowsASecond,
            LongSupplier nanoTime) {
        this.index = index;
        swarms = new Swarms(limits, lease, nanoTime);
        journal = new Journal(swarms, index::track);
        pace = new Pace(rowsASecond);
        Duration part = lease.dividedBy(SWEEPS_A_LEASE);
        betweenSweeps = part.compareTo(LONGEST_BETWEEN_SWEEPS) < 0 ? part : LONGEST_BETWEEN_SWEEPS;
    }

    /** The swarms. */
    public Swarms swarms() {
        return swarms;
    }

    /** Takes over what the database has, and then begins to write. */
    public void start() {
        long began = System.nanoTime();
        Restoring restoring = new Restoring();
        index.visitSwarms(restoring);
        LOG.info("{} swarms with {} members are in memory after {} ms", swarms.swarms(), swarms.members(),
                Duration.ofNanos(System.nanoTime() - began).toMillis());
        if (restoring.refused > 0) {
            LOG.warn("{} members of the database are beyond the tracker's limits, and left out until they announce"
                    + " themselves", restoring.refused);
        }
        keeper = Thread.ofPlatform().name("tracker-keeper").start(this::keep);
    }

    /** Writes what waits, as far as that takes seconds; to be called when nobody announces any more. */
    @Override
    public void close() {
        closing.countDown();
        if (keeper == null) {
            return;
        }
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        long end = System.nanoTime() + FAREWELL.toNanos();
        int written = 1;
        while (written > 0 && System.nanoTime() - end < 0) {
            written = journal.write();
        }
        if (written > 0 || journal.isBehind()) {
            LOG.warn("not all of the swarms' latest changes could be written; their members will announce themselves");
        }
    }

    private void keep() {
        Duration rest = Duration.ZERO;
        try {
            while (!closing.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                rest = turn();
            }
        } catch (InterruptedException e) {
            LOG.error("the tracker's keeper was interrupted; nothing more is written", e);
        }
    }

    /** Does what is due, and returns how long to rest then. A fault of this program must not end the turns. */
    private Duration turn() {
        try {
            if (System.nanoTime() - swept >= betweenSweeps.toNanos()) {
                swept = System.nanoTime();
                swarms.sweep();
            }
            tell();
            long began = System.nanoTime();
            int rows = journal.write();
            return pace.rest(rows, Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException e) {
            LOG.error("the swarms could not be kept", e);
            return Pace.IDLE;
        }
    }

    /** Tells the log when twice as much was left out as last time. */
    private void tell() {
        long left = swarms.leftUnwritten();
        if (left > 2 * told) {
            told = left;
            LOG.warn(
                    "the swarms change faster than they may be written: {} changes were left out so far; memory has them",
                    left);
        }
    }

    /** Takes what the database has; in one thread. */
    private final class Restoring implements SwarmChange.Visitor {

        private long refused;

        @Override
        public void swarm(String infoHash, long completed) {
            swarms.restore(infoHash, completed);
        }

        @Override
        public void member(String infoHash, String host, int port, boolean complete) {
            if (!swarms.restoreMember(infoHash, host, port, complete)) {
                refused++;
            }
        }
    }
}
