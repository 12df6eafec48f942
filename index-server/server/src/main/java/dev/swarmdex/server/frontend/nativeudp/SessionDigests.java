package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Compares what peers say they offer with what the index has. The digest of a list costs a hash for each content, so it is
 * computed by a thread of its own, only when it is asked for, and kept until the list changes.
 */
final class SessionDigests implements AutoCloseable {

    /** How many sessions may wait; more are told to come back. */
    private static final int WAITING = 10_000;
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** Kept digests of sessions that have ended are thrown out when there are more than this beyond the open ones. */
    private static final int SLACK = 1_000;
    /** A list that changes while it is digested is digested again, but not for ever. */
    private static final int ATTEMPTS = 3;

    private record Digest(long revision, ListDigest value) {}

    private final Lookups lookups;
    private final ConcurrentHashMap<Long, Digest> known = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().name("list-digests").factory());

    SessionDigests(Lookups lookups) {
        this.lookups = lookups;
    }

    /** Whether the session's list has that count and digest; at once where that is known, later otherwise. */
    CompletableFuture<Boolean> matches(long number, ListDigest theirs) {
        if (!lookups.complete()) {
            return CompletableFuture.failedFuture(new BusyException(RETRY));
        }
        Optional<Session> session = lookups.session(number);
        if (session.isEmpty() || session.get().mappings() != theirs.mappings()) {
            return CompletableFuture.completedFuture(false);
        }
        Digest digest = known.get(number);
        if (digest != null && digest.revision == session.get().revision()) {
            return CompletableFuture.completedFuture(digest.value.equals(theirs));
        }
        try {
            return CompletableFuture.supplyAsync(() -> compute(number).filter(theirs::equals).isPresent(), worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new BusyException(RETRY));
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private Optional<ListDigest> compute(long number) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Session> before = lookups.session(number);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            long revision = before.get().revision();
            Digest present = known.get(number);
            if (present != null && present.revision == revision) {
                return Optional.of(present.value);
            }
            ListDigest value = digest(number);
            if (lookups.session(number).filter(after -> after.revision() == revision).isPresent()) {
                keep(number, new Digest(revision, value));
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private ListDigest digest(long number) {
        ListDigest[] sum = {ListDigest.EMPTY};
        lookups.contentsOf(number, content -> {
            Translation.content(content).ifPresent(one -> sum[0] = sum[0].plus(one));
            return true;
        });
        return sum[0];
    }

    private void keep(long number, Digest digest) {
        known.put(number, digest);
        if (known.size() > lookups.sessions().size() + SLACK) {
            known.keySet().removeIf(each -> lookups.session(each).isEmpty());
        }
    }
}
