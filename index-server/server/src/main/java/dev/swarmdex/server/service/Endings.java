package dev.swarmdex.server.service;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends sessions: one that offers much, part by part. To end a hundred thousand mappings in one commit takes seconds, in
 * which nobody would be answered. Safe for any number of threads.
 */
final class Endings {

    /** So many mappings end in one commit at most, as long as the peer is not back. */
    static final int PART = 128;
    /** So many at most when it is back, which takes some 30 ms; with more left, it waits as well. */
    private static final int HURRIED = 8 * PART;

    private final IndexStore store;
    private final Map<Long, Ending> underWay = new ConcurrentHashMap<>();

    private record Ending(EndedBy reason, CompletableFuture<Integer> end) {}

    Endings(IndexStore store) {
        this.store = store;
    }

    /** Whether that session is being ended part by part: then it counts as ended already. */
    boolean isUnderWay(long session) {
        return underWay.containsKey(session);
    }

    /** Ends a session with all it offers; the result is the number of mappings that ended with it. */
    CompletableFuture<Integer> end(Session session, EndedBy reason) {
        Ending before = underWay.get(session.number());
        if (before != null) {
            return before.end;
        }
        // as it is now, since what the caller holds may be from before
        if (store.lookups().session(session.number()).map(Session::mappings).orElse(0) <= PART) {
            return endAtOnce(session, reason);
        }
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Ending other = underWay.putIfAbsent(session.number(), new Ending(reason, end));
        if (other != null) {
            return other.end;
        }
        // a hundred thousand names take a tenth of a second, which the caller's other clients have no time for
        CompletableFuture<List<Change.Name>> names = CompletableFuture.supplyAsync(() -> namesOf(session),
                task -> Thread.ofVirtual().name("ending").start(task));
        var _ = names.thenCompose(all -> endFrom(session, reason, all, 0)).whenComplete((ended, failure) -> {
            underWay.remove(session.number());
            if (failure == null) {
                end.complete(ended);
            } else {
                Throwable cause = failure.getCause();
                end.completeExceptionally(failure instanceof CompletionException && cause != null ? cause : failure);
            }
        });
        return end;
    }

    private List<Change.Name> namesOf(Session session) {
        List<Change.Name> names = new ArrayList<>();
        store.lookups().contentsOf(session.number(),
                content -> names.add(new Change.Name(content.name(), content.id())));
        return names;
    }

    /** Whether a session offers so much that its end is to be waited for. */
    boolean takesLong(Session session) {
        return store.lookups().session(session.number()).map(Session::mappings).orElse(0) > HURRIED;
    }

    /**
     * Ends a session that is being ended part by part before anything that is submitted from now on, unless that takes
     * long: then the result is the end that is to be waited for.
     */
    Optional<CompletableFuture<Integer>> hurry(Session session) {
        Optional<Ending> ending = Optional.ofNullable(underWay.get(session.number()));
        if (takesLong(session)) {
            return ending.map(Ending::end);
        }
        ending.ifPresent(present -> {
            var _ = endAtOnce(session, present.reason);
        });
        return Optional.empty();
    }

    /** Ends a session in one commit, however much it offers. */
    CompletableFuture<Integer> endAtOnce(Session session, EndedBy reason) {
        return store.submit(new Change.Leave(session.number(), reason));
    }

    /** Ends a session if it offers nothing; the result is whether it ended. */
    CompletableFuture<Boolean> endIfEmpty(Session session, EndedBy reason) {
        return store.submit(new Change.LeaveIfEmpty(session.number(), reason));
    }

    private CompletableFuture<Integer> endFrom(Session session, EndedBy reason, List<Change.Name> names, int from) {
        if (names.size() - from <= PART) {
            return endAtOnce(session, reason).thenApply(ended -> from + ended);
        }
        if (reason == EndedBy.EXPIRED && !store.keeps(session.number())) {
            return CompletableFuture.completedFuture(from);
        }
        return store.submit(new Change.Deregister(session.number(), names.subList(from, from + PART), reason))
                .thenCompose(outcomes -> outcomes.contains(Change.Outcome.NO_SESSION)
                        ? CompletableFuture.completedFuture(from)
                        : endFrom(session, reason, names, from + PART));
    }
}
