package dev.swarmdex.store.database;

import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The index servers on one database, as one of them sees them: whose turn it is to write, what the others wrote, and who keeps
 * which session's lease. Belongs to the writer's thread, except for {@link #keeps}, which any may call.
 */
sealed interface Servers permits OneServer, SeveralServers {

    /**
     * What a batch starts from.
     *
     * @param numbers goes on after the numbers that are taken
     * @param latest the last moment in the history; the batch's own must be later
     */
    record Turn(Numbers numbers, Instant latest) {}

    /** Forgets what is shown, and lets lookups ask the database until it is loaded. */
    void prepare(Handle handle);

    /** Shows all that is open in the database, after {@link #prepare}. */
    void load(Handle handle);

    /** The same, by what is missing, once a database that had failed is open again. */
    void resume(Handle handle);

    /** Begins a batch in its transaction: nobody else writes until that ends, and all they wrote before is shown. */
    Turn begin(Handle handle);

    /** Ends a batch in its transaction, whose rows are written. */
    void end(Handle handle, List<Effect> effects, Turn turn, Instant moment);

    /** The batch is committed. */
    void committed(List<Effect> effects, Turn turn, Instant moment);

    /** Does what is due between batches; to be called often, at the latest after {@link #patience}. */
    void between(Handle handle);

    /** What ended before that moment has been deleted, in the transaction that {@link #begin} began. */
    void forgot(Handle handle, Instant moment);

    /** How long the writer may wait for a change before it looks at the others. */
    Duration patience();

    /** Takes leave of the others. */
    void leave(Handle handle);

    /** Whether it is this server that keeps that session's lease. */
    boolean keeps(long session);
}
