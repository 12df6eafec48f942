package dev.swarmdex.server.service;

import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Session;
import java.util.concurrent.CompletableFuture;

/** How peers go: they leave, or their leases run out; each departure is logged once. Safe for any number of threads. */
final class Departures {

    private final Endings endings;
    private final Leases leases;
    private final ComingsAndGoings log;

    Departures(Endings endings, Leases leases, ComingsAndGoings log) {
        this.endings = endings;
        this.leases = leases;
        this.log = log;
    }

    /** Ends a session, as {@link IndexService#leave(Session, EndedBy)} says. */
    CompletableFuture<Integer> leave(Session session, EndedBy reason) {
        boolean again = endings.isUnderWay(session.number());
        return endings.end(session, reason).whenComplete((ended, failure) -> {
            if (failure != null) {
                leases.gone(session.number(), reason);
            } else if (!again) {
                tellLeft(session, ended, reason);
            }
        });
    }

    /** Ends a session that offers nothing, as {@link IndexService#leaveIfEmpty} says. */
    CompletableFuture<Boolean> leaveIfEmpty(Session session, EndedBy reason) {
        return endings.endIfEmpty(session, reason).thenApply(ended -> {
            if (ended) {
                tellLeft(session, 0, reason);
            }
            return ended;
        });
    }

    /** Ends a session whose lease was taken for that: it has expired, or its peer is gone and it could not be ended then. */
    CompletableFuture<Integer> expire(Session session) {
        EndedBy reason = leases.reason(session.number());
        return told(session, reason, endings.end(session, reason));
    }

    /** The same, in one commit. */
    void expireAtOnce(Session session) {
        EndedBy reason = leases.reason(session.number());
        var _ = told(session, reason, endings.endAtOnce(session, reason));
    }

    private void tellLeft(Session session, int ended, EndedBy reason) {
        log.tell("peer {} left with {} contents ({}, {})", session.presence().peer(), ended,
                session.presence().via(), reason);
    }

    private CompletableFuture<Integer> told(Session session, EndedBy reason, CompletableFuture<Integer> end) {
        var _ = end.whenComplete((ended, failure) -> {
            if (failure == null && reason != EndedBy.EXPIRED) {
                tellLeft(session, ended, reason);
            } else if (failure == null) {
                log.tell("peer {} expired with {} contents ({})", session.presence().peer(), ended,
                        session.presence().via());
            } else {
                leases.notEnded(session.number());
                log.tell("peer {} can't be ended yet ({}): {}", session.presence().peer(), reason,
                        String.valueOf(failure.getMessage()));
            }
        });
        return end;
    }
}
