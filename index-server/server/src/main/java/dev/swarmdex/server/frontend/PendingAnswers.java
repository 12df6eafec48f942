package dev.swarmdex.server.frontend;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers that a front-end owes, because their changes are not committed yet: no more than a bound, and waited for
 * when the front-end closes. Safe for any number of threads.
 */
public final class PendingAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(PendingAnswers.class);
    private static final int MOST = 100_000;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final String protocol;
    /** One permit for each change that may wait for its commit. */
    private final Semaphore room = new Semaphore(MOST);

    /** The answers of that protocol's front-end. */
    public PendingAnswers(String protocol) {
        this.protocol = protocol;
    }

    /**
     * Begins a change, and has it answered once it is over: with its result, or with the failure. What a change refuses by
     * throwing an {@link IllegalArgumentException} is such a failure too.
     *
     * @return whether there was room; if not, nothing was begun
     */
    public <T> boolean begin(Supplier<CompletableFuture<T>> change,
            BiConsumer<Optional<T>, @Nullable Throwable> answer) {
        if (!room.tryAcquire()) {
            return false;
        }
        var _ = started(change).whenComplete((result, failure) -> {
            try {
                answer.accept(Optional.ofNullable(result), failure);
            } finally {
                room.release();
            }
        });
        return true;
    }

    private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            // The store's bounds differ a little from the protocols'.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits a moment for all that is owed; to be called once nothing new begins. */
    public void await() {
        try {
            if (room.tryAcquire(MOST, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                room.release(MOST);
            } else {
                LOG.warn("{} front-end closes with {} changes unanswered", protocol, MOST - room.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
