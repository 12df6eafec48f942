package dev.swarmdex.peer.host.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has the disk write what a folder's download has written so far while the download goes on, so that little is left to be
 * flushed, and waited for, in the end. A thread of its own, since the flush blocks in the kernel.
 */
final class EarlyFlush implements AutoCloseable {

    /** Short beside what a download takes for which the flush takes long. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Path folder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("folder-flush").unstarted(this::run);

    private EarlyFlush(Path folder) {
        this.folder = folder;
    }

    /** Flushes the folder's file system again and again from now on, where that can be done at once. */
    static EarlyFlush of(Path folder) {
        EarlyFlush begun = new EarlyFlush(folder);
        begun.thread.start();
        return begun;
    }

    private void run() {
        try {
            boolean canFlush = true;
            while (canFlush && !closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                canFlush = DiskFlush.ofFileSystem(folder);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Flushes no more, but for what is under way. */
    @Override
    public void close() {
        closed.countDown();
    }
}
