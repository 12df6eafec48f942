package dev.swarmdex.store;

import java.util.concurrent.CompletableFuture;

/** The durable index. */
public interface IndexStore extends AutoCloseable {

    /**
     * Hands over a change; the future completes after its transaction committed and lookups show it, or fails with a
     * {@link StoreException}.
     */
    <R> CompletableFuture<R> submit(Change<R> change);

    /** The open mappings. */
    Lookups lookups();

    /** Commits what was submitted, and closes the database. */
    @Override
    void close();
}
