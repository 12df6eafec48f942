package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The downloads of a host. Whoever wants a file waits for its download; several that want the same one share it, and it
 * stops when the last of them no longer waits. Safe for any number of threads; the table of downloads is guarded by the
 * object's monitor.
 */
public final class Downloads implements AutoCloseable {

    private static final Duration PROGRESS = Duration.ofMillis(200);
    private static final Duration STOPPING = Duration.ofSeconds(3);

    private final PluginSet plugins;
    private final DownloadListener listener;
    private final SourceRecords records = new SourceRecords();
    private final Map<Path, Running> running = new HashMap<>();

    /** A download with those who wait for it. */
    private static final class Running {

        private final Download download;
        private final SourcePool sources;
        private final CompletableFuture<Finished> result = new CompletableFuture<>();
        private final Thread thread;
        private int waiting;

        private Running(Download download, SourcePool sources, Consumer<Running> task) {
            this.download = download;
            this.sources = sources;
            this.thread = Thread.ofVirtual().name("download-" + download.wanted().name())
                    .unstarted(() -> task.accept(this));
        }

        private DownloadProgress progress() {
            return download.progress(sources);
        }
    }

    /** No downloads yet. */
    public Downloads(PluginSet plugins, DownloadListener listener) {
        this.plugins = plugins;
        this.listener = listener;
    }

    /**
     * Downloads a content, or joins the download of it that is under way, and waits for its end. A target that holds the
     * very content already is a download that has finished.
     *
     * @param progress is told several times a second how far it is
     * @throws DownloadException when it can't be done, with a message for the user
     */
    public Finished get(Wanted wanted, SourceFinder finder, Consumer<DownloadProgress> progress)
            throws IOException, InterruptedException {
        if (Files.exists(wanted.target())) {
            return alreadyThere(wanted);
        }
        Running download = join(wanted, finder);
        try {
            return await(download, progress);
        } finally {
            leave(download);
        }
    }

    /** The downloads that are under way. */
    public synchronized List<DownloadProgress> active() {
        return running.values().stream().map(Running::progress).toList();
    }

    private Finished alreadyThere(Wanted wanted) throws IOException, InterruptedException {
        if (Files.isRegularFile(wanted.target()) && Files.size(wanted.target()) == wanted.size()) {
            FileHasher hasher = plugins.hasher(wanted.id().algorithm());
            try (TreeHasher wholeFile = new TreeHasher(hasher, Runtime.getRuntime().availableProcessors())) {
                HashTree found = wholeFile.hash(wanted.target(), bytes -> {});
                if (found.root().equals(wanted.id())) {
                    return new Finished(wanted, found, Duration.ZERO, Map.of());
                }
            }
        }
        throw new DownloadException(wanted.target() + " exists and is something else; move it away, or use -o to"
                + " download to another place");
    }

    private synchronized Running join(Wanted wanted, SourceFinder finder) throws IOException {
        Running known = running.get(wanted.target());
        if (known == null) {
            FileHasher hasher = plugins.hasher(wanted.id().algorithm());
            Download download = new Download(wanted, PartFile.open(wanted.target(), wanted.id(), wanted.size()),
                    hasher);
            known = new Running(download, new SourcePool(download, finder, plugins, records), this::run);
            running.put(wanted.target(), known);
            known.thread.start();
        } else if (!known.download.wanted().id().equals(wanted.id())) {
            throw new DownloadException("another content is being downloaded to " + wanted.target() + "; use -o");
        }
        known.waiting++;
        return known;
    }

    private void run(Running running) {
        Wanted wanted = running.download.wanted();
        long start = System.nanoTime();
        try {
            HashTree tree = running.download.run(running.sources);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Finished finished = new Finished(wanted, tree, took, running.sources.bytesFrom());
            end(running);
            listener.finished(finished, running.sources.liars());
            running.result.complete(finished);
        } catch (Exception problem) {
            end(running);
            listener.failed(wanted, Duration.ofNanos(System.nanoTime() - start), running.sources.bytesFrom(),
                    running.sources.liars(), problem);
            running.result.completeExceptionally(problem);
        }
    }

    private synchronized void end(Running ended) {
        running.remove(ended.download.wanted().target());
    }

    private static Finished await(Running download, Consumer<DownloadProgress> progress)
            throws IOException, InterruptedException {
        while (true) {
            try {
                Finished finished = download.result.get(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
                progress.accept(download.progress());
                return finished;
            } catch (TimeoutException stillGoing) {
                progress.accept(download.progress());
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException known
                        ? known
                        : new DownloadException("the download failed: " + failure.getCause(), failure);
            }
        }
    }

    private synchronized void leave(Running download) {
        download.waiting--;
        if (download.waiting == 0) {
            download.thread.interrupt();
        }
    }

    /** Stops all downloads; what is verified is kept for the next time. */
    @Override
    public void close() {
        List<Running> stopping;
        synchronized (this) {
            stopping = List.copyOf(running.values());
        }
        stopping.forEach(download -> download.thread.interrupt());
        try {
            for (Running download : stopping) {
                download.thread.join(STOPPING);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
