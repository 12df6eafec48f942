package dev.swarmdex.server.service;

import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Session;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How peers go: they leave, or their leases run out; each departure is logged once. Safe for any number of threads. */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

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
        return endings.end(session, reason).thenApply(ended -> {
            if (!again) {
                tellLeft(session, ended, reason);
            }
            return ended;
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

    /** Ends a session whose lease was taken for that. */
    CompletableFuture<Integer> expire(Session session) {
        return told(session, endings.end(session, EndedBy.EXPIRED));
    }

    /** The same, in one commit. */
    void expireAtOnce(Session session) {
        var _ = told(session, endings.endAtOnce(session, EndedBy.EXPIRED));
    }

    private void tellLeft(Session session, int ended, EndedBy reason) {
        log.tell("peer {} left with {} contents ({}, {})", session.presence().peer(), ended,
                session.presence().via(), reason);
    }

    private CompletableFuture<Integer> told(Session session, CompletableFuture<Integer> end) {
        var _ = end.whenComplete((ended, failure) -> {
            if (failure == null) {
                log.tell("peer {} expired with {} contents ({})", session.presence().peer(), ended,
                        session.presence().via());
            } else {
                leases.notEnded(session.number());
                LOG.warn("peer {} should have expired: {}", session.presence().peer(), failure.getMessage());
            }
        });
        return end;
    }
}
