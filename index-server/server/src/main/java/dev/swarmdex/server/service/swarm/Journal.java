package dev.swarmdex.server.service.swarm;

import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.SwarmChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes behind what changes in the swarms, one bounded batch after the other, so that registrations of peers, which wait for
 * the same writer, are not kept waiting. What could not be written is written again before anything else; if the database
 * did have it, only the completed downloads of that batch count twice. For one thread.
 */
final class Journal {

    /** So small that what waits for the same writer is not kept waiting. */
    private static final int BATCH = 512;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Swarms swarms;
    private final Function<Change.Track, CompletableFuture<Integer>> store;
    private List<SwarmChange> failed = List.of();
    private boolean inTrouble;

    Journal(Swarms swarms, Function<Change.Track, CompletableFuture<Integer>> store) {
        this.swarms = swarms;
        this.store = store;
    }

    /**
     * Writes a batch of what waits longest, and waits until it is committed.
     *
     * @return how many changes that were: 0 if none waited, or if the database fails
     */
    int write() {
        List<SwarmChange> batch = failed.isEmpty() ? swarms.takeUnwritten(BATCH) : failed;
        return batch.isEmpty() || !commit(batch) ? 0 : batch.size();
    }

    /** Whether something has been taken from the swarms that the database does not have. */
    boolean isBehind() {
        return !failed.isEmpty();
    }

    private boolean commit(List<SwarmChange> batch) {
        failed = batch;
        try {
            store.apply(new Change.Track(batch)).join();
        } catch (CompletionException e) {
            if (!inTrouble && !(e.getCause() instanceof BusyException)) {
                LOG.warn("the swarms can't be written: {}; the tracker goes on, and tries again",
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
                inTrouble = true;
            }
            return false;
        }
        failed = List.of();
        if (inTrouble) {
            LOG.info("the swarms are written again");
            inTrouble = false;
        }
        return true;
    }
}
