package dev.swarmdex.store;

import java.util.concurrent.CompletableFuture;

/** The durable index. Safe for any number of threads; closed by its opener; closing twice is no error. */
public interface IndexStore extends AutoCloseable {

    /**
     * Hands over a change, and never blocks. The future completes after its transaction committed and lookups show it,
     * or fails with a {@link StoreException}: a {@link BusyException} when too much is queued. Changes are applied in the
     * order of their submission.
     *
     * <p>What depends on the future runs on the store's only writing thread: it must be short and must not wait for
     * another change. Use the {@code Async} methods, or wait for the future in a thread of your own, for all else.
     */
    <R> CompletableFuture<R> submit(Change<R> change);

    /** The open mappings. */
    Lookups lookups();

    /** What was. */
    History history();

    /** How many mappings are open, as of the last commit; 0 before all are in memory. */
    int mappings();

    /** How many items wait for their commit. */
    int waiting();

    /**
     * Whether this server keeps that session's lease: it was opened here, {@link Change.Keep kept} here, or adopted from a server
     * that stopped. Always true where a database has one server.
     */
    boolean keeps(long session);

    /**
     * Hands over the swarms that the database has, and those who take part in them; in the thread that calls, which waits
     * for the database. Throws a {@link StoreException} if that can't be read.
     */
    void visitSwarms(SwarmChange.Visitor visitor);

    /** Commits what was submitted, and closes the database. What is submitted later fails. */
    @Override
    void close();
}
