package dev.swarmdex.peer.host.sharing;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over one folder and all below it, in a thread of its own. What it reports about a path is only that something
 * happened there. It ends when the folder goes, when the system refuses to watch one more folder, or when it is closed.
 * Its state can be read by any thread.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** Where a watch is. */
    sealed interface State {

        /** The folders are being registered. */
        record Starting() implements State {}

        /** No change is missed from now on. */
        record Watching() implements State {}

        /** It watches no more. */
        record Ended() implements State {}

        /** It could not watch any more, for a reason. */
        record Failed(String reason) implements State {}
    }

    private final Path folder;
    private final FolderWalk walk;
    private final TouchedPaths touched;
    private final Supplier<DirectoryWatcher.Builder> builders;
    private final Thread thread;
    private volatile State state = new State.Starting();
    private volatile boolean closed;
    private volatile @Nullable DirectoryWatcher watcher;

    /**
     * A watch that does not run yet.
     *
     * @param never the folder that is not watched, wherever it is
     * @param builders make the library's watchers
     */
    FolderWatch(Path folder, Path never, TouchedPaths touched, Supplier<DirectoryWatcher.Builder> builders) {
        this.folder = folder;
        this.walk = new FolderWalk(folder, never, () -> closed);
        this.touched = touched;
        this.builders = builders;
        this.thread = Thread.ofPlatform().daemon().name("sharing-watch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    State state() {
        return state;
    }

    private void run() {
        try {
            DirectoryWatcher started = builders.get().path(folder).fileHashing(false)
                    .fileTreeVisitor(new Visitor()).listener(new Listener()).build();
            watcher = started;
            try {
                started.watch();
            } finally {
                started.close();
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        if (!(state instanceof State.Failed)) {
            state = new State.Ended();
        }
    }

    private void fail(Exception e) {
        Throwable reason = e instanceof UncheckedIOException wrapped ? wrapped.getCause() : e;
        state = new State.Failed(reason == null ? e.toString() : String.valueOf(reason.getMessage()));
    }

    private final class Listener implements DirectoryChangeListener {

        /** Asked for the first time when all folders are registered. */
        @Override
        public boolean isWatching() {
            if (state instanceof State.Starting) {
                state = new State.Watching();
            }
            return !closed && state instanceof State.Watching;
        }

        @Override
        public void onEvent(DirectoryChangeEvent event) {
            if (event.eventType() == DirectoryChangeEvent.EventType.OVERFLOW) {
                touched.overflow();
            } else {
                touched.add(event.path());
            }
        }

        /**
         * When new folders can't be watched any more, the watch is over. Anything else is worth a look: the library also
         * turns an overflow into an exception of its own.
         */
        @Override
        public void onException(Exception e) {
            if (e instanceof IOException && !(e instanceof FileSystemException)) {
                fail(e);
            } else {
                LOG.debug("rescanning {}: {}", folder, e.toString());
                touched.overflow();
            }
        }
    }

    /** Registers one folder after the other; one that is gone or closed to this user does not keep the others from it. */
    private final class Visitor implements FileTreeVisitor {

        @Override
        public void recursiveVisitFiles(Path start, Callback onFolder, Callback onFile) throws IOException {
            walk.from(start, new FolderWalk.Visitor() {
                @Override
                public void folder(Path entered) throws IOException {
                    try {
                        onFolder.call(entered);
                    } catch (FileSystemException e) {
                        LOG.debug("not watching {}", entered, e);
                    }
                }

                @Override
                public void file(Path file, BasicFileAttributes attributes) throws IOException {
                    onFile.call(file);
                }

                @Override
                public void unreadable(Path path, IOException failure) {
                    // the scan tells about it
                    LOG.debug("not watching {}", path, failure);
                }
            });
        }
    }

    /** Ends the watch and waits for its thread. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            DirectoryWatcher running = watcher;
            if (running != null) {
                running.close();
            }
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (IOException e) {
            LOG.warn("the watch over {} can't be closed: {}", folder, e.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
