package dev.swarmdex.store.database;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces a database file to the disk several times a second, on a thread of its own. It is for a store that does not
 * force each commit: H2 still forces the file where it makes it shorter, in the middle of a commit, and all of the
 * changes of half a minute would then take it a tenth of a second and more.
 */
final class BackgroundForce implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundForce.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long NONE = -1;

    private final MVStore store;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::forceAgainAndAgain, "index-force");

    private BackgroundForce(MVStore store) {
        this.store = store;
        thread.setDaemon(true);
    }

    /** Begins with a store, which must stay open until this is closed. */
    static BackgroundForce start(MVStore store) {
        BackgroundForce force = new BackgroundForce(store);
        force.thread.start();
        return force;
    }

    private void forceAgainAndAgain() {
        FileStore<?> file = store.getFileStore();
        try {
            long seen = NONE;
            long forced = NONE;
            while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                long latest = store.getCurrentVersion();
                if (latest != forced) {
                    file.sync();
                    // a version has its number before it is written: it is forced for sure the second time
                    forced = seen;
                    seen = latest;
                }
            }
        } catch (MVStoreException failure) {
            LOG.warn("the index database is no longer forced to the disk in the background: {}", failure.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, after what it is just forcing. An interrupt would close the database's file. */
    @Override
    public void close() {
        end.countDown();
        while (!Uninterrupted.join(thread, LONG)) {
            LOG.warn("the index database is still being forced to the disk");
        }
    }
}
