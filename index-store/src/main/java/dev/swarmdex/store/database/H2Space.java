package dev.swarmdex.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/**
 * The space in a database file that is being written. H2 writes new versions of pages in a new part of the file (a chunk), and
 * uses the room of an old part again when no page in it is valid any more. So a few valid pages in each of many parts keep a
 * file large; they are written anew here, a few at a time, between batches. When nothing has been written for a moment,
 * fuller parts are written anew too, and the last ones move into the gaps, so that the file gets shorter. Each batch
 * allows one such step, so that this comes to an end however little it helps.
 *
 * <p>H2's own background thread would do that as well, but it also writes transactions that are not committed, and commits that
 * the writer then takes for written while they are on their way. Without a {@code WRITE_DELAY} there is no such thread.
 *
 * <p>Room is given back only here, between batches, when all that made it unused is hardened: H2 itself would do so in the middle
 * of a long transaction, and after a loss of power what the file still refers to would be written over. While somebody
 * reads the file ({@link Snapshot}), nothing in it is written over. Belongs to the writer's thread.
 */
final class H2Space implements Closeable {

    /** How long one reader after the other can keep the file growing. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(Snapshot.LASTS_SECONDS);
    /** A smaller file is not worth the effort. */
    private static final long SMALL = 16 << 20;
    private static final int FOR_EVER = Integer.MAX_VALUE;

    /** How much of the parts is valid, in percent, and how much of the file is parts, at least. */
    private static final int FILLED = 50;
    private static final int FILLED_IN_QUIET = 80;
    private static final int OCCUPIED_IN_QUIET = 95;
    /** How many bytes are written anew at once: a batch that comes meanwhile has to wait for them. */
    private static final int STEP = 256 << 10;
    private static final int LARGEST_STEP = 4 << 20;
    /** How many bytes are moved at once; a part that is larger stays where it is. */
    private static final int LARGEST_MOVE = 16 << 20;
    private static final int ALL = 100;
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(12);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Readers readers;
    private final int kept;
    private boolean read;
    private long readSince;
    private long lastLook = System.nanoTime();
    private Duration pause = BETWEEN_STEPS;
    /** Which version of the file was the last one here, and since when batches have made no other. */
    private long version;
    private long quietSince = System.nanoTime();
    /** Whether there may be room after the last part. */
    private boolean uncut;
    /** How many steps may be made; at first as many as the file may need. */
    private long allowed = Integer.MAX_VALUE;

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
        return Duration.ofNanos(Math.max(0, pause.toNanos() - (System.nanoTime() - lastLook)));
    }

    /** Makes room, if it is time to. If the result is true, what this may have written is to be hardened before the next call. */
    boolean tidy(Handle handle) throws IOException {
        MVStore store = store(handle);
        var file = (RandomAccessStore) store.getFileStore();
        notice(store, file);
        boolean held = isHeld();
        if (!held) {
            reuse(file, file::dropUnusedChunks);
        }
        if (!patience().isZero()) {
            return false;
        }
        boolean stepped = !held && allowed > 0 && file.size() > SMALL && step(store, file);
        allowed -= stepped ? 1 : 0;
        version = store.getCurrentVersion();
        lastLook = System.nanoTime();
        pause = stepped ? BETWEEN_STEPS : BETWEEN_LOOKS;
        return stepped;
    }

    /** Looks what batches have written since the last time. */
    private void notice(MVStore store, RandomAccessStore file) {
        long batches = store.getCurrentVersion() - version;
        version += batches;
        quietSince = batches > 0 ? System.nanoTime() : quietSince;
        allowed = Math.min(allowed + batches, 2 * file.size() / LARGEST_STEP);
    }

    /** Does something for which parts count as old after the time that they are kept, as they never do otherwise. */
    private void reuse(RandomAccessStore file, Runnable action) {
        file.setRetentionTime(kept);
        try {
            action.run();
        } finally {
            file.setRetentionTime(FOR_EVER);
        }
    }

    private boolean step(MVStore store, RandomAccessStore file) {
        if (System.nanoTime() - quietSince < BETWEEN_LOOKS.toNanos()) {
            long late = (System.nanoTime() - lastLook) / pause.toNanos();
            return fill(store, file, FILLED, Math.clamp(late * STEP, STEP, LARGEST_STEP));
        }
        return fill(store, file, FILLED_IN_QUIET, LARGEST_STEP) || cut(store, file);
    }

    /**
     * Writes the valid pages of parts anew of which few are valid, with one commit: so what that one makes unused is
     * still there.
     */
    private boolean fill(MVStore store, RandomAccessStore file, int percent, int bytes) {
        long before = store.getCurrentVersion();
        reuse(file, () -> {
            if (store.compact(percent, bytes)) {
                store.commit();
            }
        });
        boolean filled = store.getCurrentVersion() != before;
        uncut |= filled;
        return filled;
    }

    /** Moves parts into the gaps before them, and cuts off the file after the last one. H2 hardens each step of that itself. */
    private boolean cut(MVStore store, RandomAccessStore file) {
        boolean gaps = file.getFillRate() < OCCUPIED_IN_QUIET;
        if (!gaps && !uncut) {
            return false;
        }
        reuse(file, () -> file.compactMoveChunks(ALL, gaps ? LARGEST_MOVE : STEP, store));
        uncut = gaps;
        return true;
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

    /** The store that a connection uses. Throws {@link ConnectionException} if it is closed. */
    static MVStore store(Handle handle) {
        try {
            var session = (SessionLocal) handle.getConnection().unwrap(JdbcConnection.class).getSession();
            return session.getDatabase().getStore().getMvStore();
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
