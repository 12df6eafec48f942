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

    /** A few tens of milliseconds' work. */
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
     * Writes about so many changes, or fewer if no more wait, and waits until they are committed.
     *
     * @return how many were written; fewer than waited if the database fails
     */
    int write(int most) {
        int written = 0;
        while (written < most) {
            List<SwarmChange> batch = failed.isEmpty()
                    ? swarms.takeUnwritten(Math.min(BATCH, most - written))
                    : failed;
            if (batch.isEmpty() || !commit(batch)) {
                return written;
            }
            written += batch.size();
        }
        return written;
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
