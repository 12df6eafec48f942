package dev.swarmdex.server.service;

import dev.swarmdex.store.EndedBy;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * How long each open session may last without a word from its peer. A lease has two ends: its deadline, which a sign of
 * life moves; and, as long as the peer has not confirmed that the index knows its very list, two leases for doing so.
 * Safe for any number of threads.
 */
final class Leases {

    /** The grace that peers get, in leases: after a restart of the index, and to bring its list in line with theirs. */
    private static final int GRACE = 2;
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * @param deadline when it runs out, in nanoseconds of the clock
     * @param confirmBy when it runs out for want of a confirmation
     * @param ending that the session's end is on its way to the store
     * @param reason as what the session ends; with any other than expired, the peer is gone already
     */
    private record Lease(long deadline, long confirmBy, boolean ending, EndedBy reason) {

        Lease(long deadline, long confirmBy) {
            this(deadline, confirmBy, false, EndedBy.EXPIRED);
        }

        boolean isOver(long now) {
            return ending || reason != EndedBy.EXPIRED || now > deadline || now > confirmBy;
        }

        Lease until(long later) {
            return new Lease(later, confirmBy, ending, reason);
        }

        Lease confirmedBy(long later) {
            return new Lease(deadline, later, ending, reason);
        }

        Lease ending(boolean now) {
            return new Lease(deadline, confirmBy, now, reason);
        }
    }

    private final ConcurrentHashMap<Long, Lease> leases = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final long origin;

    /** Leases by a clock that never goes back. */
    Leases(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        origin = nanoTime.getAsLong();
    }

    /**
     * Begins the lease of a session that was found in the database, if it has none: served, but unconfirmed. The result is
     * whether it had none.
     */
    boolean restore(long session, Duration length) {
        long end = after(length.multipliedBy(GRACE));
        return leases.putIfAbsent(session, new Lease(end, end)) == null;
    }

    /** Begins the lease of a new session, whose list the peer has yet to send; the result is whether it had none. */
    boolean begin(long session, Duration length) {
        return leases.put(session, new Lease(after(length), after(length.multipliedBy(GRACE)))) == null;
    }

    /** The peer is alive. */
    void renew(long session, Duration length) {
        leases.computeIfPresent(session, (_, lease) -> lease.ending ? lease : lease.until(after(length)));
    }

    /** The peer has the very list that the index has. */
    void confirm(long session) {
        leases.computeIfPresent(session, (_, lease) -> lease.confirmedBy(NEVER));
    }

    /** The peer has another list, or is sending it just now. */
    void doubt(long session, Duration length, boolean progress) {
        leases.computeIfPresent(session, (_, lease) -> {
            boolean fresh = lease.confirmBy == NEVER || progress;
            return fresh ? lease.confirmedBy(after(length.multipliedBy(GRACE))) : lease;
        });
    }

    /** Whether the session's peer still counts as present. */
    boolean isLive(long session) {
        Lease lease = leases.get(session);
        return lease == null || !lease.isOver(now());
    }

    /** Whether the lease is over and nobody ends the session yet; then the caller does. */
    boolean takeForEnding(long session) {
        boolean[] taken = {false};
        leases.computeIfPresent(session, (_, lease) -> {
            taken[0] = !lease.ending && lease.isOver(now());
            return taken[0] ? lease.ending(true) : lease;
        });
        return taken[0];
    }

    /** The session could not be ended; it will be tried again. */
    void notEnded(long session) {
        leases.computeIfPresent(session, (_, lease) -> lease.ending(false));
    }

    /** The peer is gone, and its session could not be ended; that will be tried again. */
    void gone(long session, EndedBy reason) {
        leases.computeIfPresent(session,
                (_, lease) -> new Lease(lease.deadline, lease.confirmBy, lease.ending, reason));
    }

    /** As what the session ends whose lease is over. */
    EndedBy reason(long session) {
        Lease lease = leases.get(session);
        return lease == null ? EndedBy.EXPIRED : lease.reason;
    }

    /** Forgets the leases of sessions that are no longer open. */
    void retain(LongPredicate open) {
        leases.keySet().removeIf(session -> !open.test(session));
    }

    private long after(Duration length) {
        return now() + length.toNanos();
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }
}
