package dev.swarmdex.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;

/**
 * The space in a database file that is being written. H2 writes new versions of pages in a new part of the file (a chunk), and
 * uses the room of an old part again when no page in it is valid any more. So a few valid pages in each of many parts keep a
 * file large; they are written anew here, a few at a time, between batches.
 *
 * <p>H2's own background thread would do that as well, but it also writes transactions that are not committed, and commits that
 * the writer then takes for written while they are on their way. Without a {@code WRITE_DELAY} there is no such thread.
 *
 * <p>Room is given back only here, between batches, when all that made it unused is hardened: H2 itself would do so in the middle
 * of a long transaction, and after a loss of power what the file still refers to would be written over. While somebody reads the file
 * ({@link Snapshot}), nothing in it is written over. Belongs to the writer's thread.
 */
final class H2Space implements Closeable {

    /** How long one reader after the other can keep the file growing. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(Snapshot.LASTS_SECONDS);

    /** Below that much of it being valid, in percent, a file gets tidied. */
    private static final int FILLED = 50;
    /** A smaller file is not worth the while. */
    private static final long SMALL = 16 << 20;
    /** How many bytes of valid pages are written anew at once. */
    private static final int STEP = 1 << 20;
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Readers readers;
    private final int kept;
    private long nextStep = System.nanoTime();
    private boolean read;
    private long readSince;

    /**
     * The space of a file with those readers.
     *
     * @param kept how old a part must be to be used again, at most {@link Integer#MAX_VALUE} milliseconds
     */
    H2Space(Readers readers, Duration kept) {
        this.readers = readers;
        this.kept = Math.toIntExact(kept.toMillis());
    }

    /** How long the writer may wait before it looks here again. */
    Duration patience() {
        return Duration.ofNanos(Math.max(0, nextStep - System.nanoTime()));
    }

    /** Makes room, if it is time to. The commit that this may take is to be hardened if the result is true. */
    boolean tidy(Handle handle) throws SQLException, IOException {
        MVStore store = store(handle);
        store.setRetentionTime(isHeld() ? FOR_EVER : kept);
        try {
            store.getFileStore().dropUnusedChunks();
            return nextStep - System.nanoTime() <= 0 && step(store);
        } finally {
            store.setRetentionTime(FOR_EVER);
        }
    }

    private boolean step(MVStore store) {
        boolean stepped = store.getFileStore().size() > SMALL && store.compact(FILLED, STEP);
        if (stepped) {
            store.commit();
        }
        nextStep = System.nanoTime() + (stepped ? BETWEEN_STEPS : BETWEEN_LOOKS).toNanos();
        return stepped;
    }

    @Override
    public void close() throws IOException {
        readers.close();
    }

    private boolean isHeld() throws IOException {
        boolean any = readers.any();
        if (any && !read) {
            readSince = System.nanoTime();
        }
        read = any;
        return any && System.nanoTime() - readSince < LONGEST_READING.toNanos();
    }

    private static MVStore store(Handle handle) throws SQLException {
        var session = (SessionLocal) handle.getConnection().unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getMvStore();
    }
}
