package dev.swarmdex.store.database;

import org.h2.mvstore.MVStore;

/**
 * How many items go into one transaction of H2. What a transaction changes stays in memory as whole pages; past some 20
 * MB H2 writes them in the middle of it, with all that undoing them would take, and each item costs a third to a half
 * more. How many items fit depends on the database: in a large one nearly each changes pages of its own. So it is
 * learnt from batch to batch. Belongs to the writer's thread.
 */
final class BatchSize {

    private static final int LEAST = 128;
    private static final int FIRST = 1024;
    private static final int MOST = 4096;
    /** How much of what H2 keeps in memory a batch may fill. */
    private static final double SHARE = 0.8;
    private static final double FASTEST_GROWTH = 1.25;
    private static final double SHRINKAGE = 0.75;

    private int most = FIRST;
    private long version;

    /** The number of items that a batch should have at most. */
    int most() {
        return most;
    }

    /** Looks at the store before a transaction writes. */
    void begin(MVStore store) {
        version = store.getCurrentVersion();
    }

    /** Looks at the store after a transaction has written that many items, before it is committed. */
    void end(MVStore store, int items) {
        int unsaved = store.getUnsavedMemory();
        if (store.getCurrentVersion() != version) {
            most = within(most * SHRINKAGE);
        } else if (2 * items > most && unsaved > 0) {
            double fitting = SHARE * store.getAutoCommitMemory() * items / unsaved;
            most = within(Math.min(fitting, most * FASTEST_GROWTH));
        }
    }

    private static int within(double items) {
        return Math.clamp((long) items, LEAST, MOST);
    }
}
