package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The downloads of a host; there is one of this, since what its downloads share is the host's: the memory for pieces, and
 * what was seen of the sources. Whoever wants a file waits for its download; several that want the same one share it, and
 * it stops when the last of them no longer waits. Safe for any number of threads; the table of downloads is guarded by
 * the object's monitor.
 */
public final class Downloads implements AutoCloseable {

    private static final Duration PROGRESS = Duration.ofMillis(200);
    private static final Duration STOPPING = Duration.ofSeconds(3);

    private final SourcePool.Means means;
    private final Map<Path, Running> running = new HashMap<>();

    /** A download with those who wait for it. */
    private static final class Running {

        private final Download download;
        private final CompletableFuture<Finished> result = new CompletableFuture<>();
        private final Thread thread;
        /** The listeners of those who wait, in the order in which they came; that of the last one stays when it leaves. */
        private final List<DownloadListener> listeners = new ArrayList<>();

        private Running(Download download, Consumer<Running> task) {
            this.download = download;
            this.thread = Thread.ofVirtual().name("download-" + download.wanted().name())
                    .unstarted(() -> task.accept(this));
        }
    }

    /**
     * No downloads yet.
     *
     * @param limit to what all of them together receive
     * @param partial where other peers find what is verified while it goes on
     */
    public Downloads(PluginSet plugins, DownloadSettings settings, RateLimit limit, PartialShelf partial) {
        this.means = new SourcePool.Means(plugins, new SourceRecords(), settings,
                new PieceReading.Flow(PieceBuffers.forThisMachine(), limit), partial);
    }

    /**
     * Downloads a content, or joins the download of it that is under way, and waits for its end. A target that holds the
     * very content already is a download that has finished.
     *
     * @param listener is told how a download ends; of those who share one only the first who still waits has it told
     * @param progress is told several times a second how far it is
     * @throws DownloadException when it can't be done, with a message for the user
     */
    public Finished get(Wanted wanted, SourceFinder finder, DownloadListener listener,
            Consumer<DownloadProgress> progress)
            throws IOException, InterruptedException {
        if (Files.exists(wanted.target())) {
            return alreadyThere(wanted);
        }
        Running download = join(wanted, finder, listener);
        try {
            return await(download, progress);
        } finally {
            leave(download, listener);
        }
    }

    /** The sources of a content, the best ones first, by what was seen of them in earlier downloads. */
    public List<Candidate> rank(Wanted wanted, List<Source> sources) throws IOException {
        return means.rank(wanted, sources);
    }

    /** A connection to a source, which the caller closes. */
    public Connection connect(Endpoint endpoint) throws IOException {
        return means.connecting(endpoint.scheme()).to(endpoint);
    }

    /** How many bytes of a content are on the disk already, from an earlier attempt to download it to its target. */
    public long bytesStored(Wanted.Identified wanted) throws IOException {
        return PartFile.bytesStored(wanted.target(), wanted.id(), wanted.size());
    }

    /** Removes what an attempt to download another content to that target has left. */
    public void discardOther(Wanted.Identified wanted) throws IOException {
        PartFile.discardOther(wanted.target(), wanted.id(), wanted.size());
    }

    /** The downloads that are under way for somebody who has their ends told to that listener. */
    public synchronized List<DownloadProgress> active(DownloadListener listener) {
        return running.values().stream().filter(each -> each.listeners.contains(listener))
                .map(each -> each.download.progress()).toList();
    }

    private Finished alreadyThere(Wanted wanted) throws IOException, InterruptedException {
        if (wanted instanceof Wanted.Identified known && Files.isRegularFile(known.target())
                && Files.size(known.target()) == known.size()) {
            HashTree found = FileTree.of(hasher(known), known.target());
            if (found.root().equals(known.id())) {
                return new Finished(known, found, Unverified.NOTHING, Duration.ZERO, Map.of());
            }
        }
        throw new DownloadException(wanted.target() + " exists and "
                + (wanted.knownId().isPresent() ? "is something else" : "can't be compared, for want of a content id")
                + "; move it away, or use -o to download to another place");
    }

    private FileHasher hasher(Wanted wanted) throws IOException {
        return wanted.knownId().isPresent()
                ? means.plugins().hasher(wanted.knownId().get().algorithm())
                : means.plugins().ownHasher();
    }

    private synchronized Running join(Wanted wanted, SourceFinder finder, DownloadListener listener)
            throws IOException {
        Running known = running.get(wanted.target());
        if (known == null) {
            known = new Running(new Download(wanted, finder, hasher(wanted), means), this::run);
            running.put(wanted.target(), known);
            known.thread.start();
        } else if (!known.download.wanted().isSameContentAs(wanted)) {
            throw new DownloadException("another content is being downloaded to " + wanted.target() + "; use -o");
        }
        known.listeners.add(listener);
        return known;
    }

    private void run(Running running) {
        Wanted wanted = running.download.wanted();
        Ledger ledger = running.download.ledger();
        long start = System.nanoTime();
        try {
            Download.Result result = running.download.run();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            Finished finished = new Finished(wanted, result.tree(), result.unverified(), took, ledger.bytesFrom());
            end(running);
            listenerOf(running).finished(finished, ledger.liars());
            running.download.withdraw();
            running.result.complete(finished);
        } catch (Exception problem) {
            running.download.withdraw();
            end(running);
            listenerOf(running).failed(wanted, Duration.ofNanos(System.nanoTime() - start), ledger.bytesFrom(),
                    ledger.liars(),
                    problem);
            running.result.completeExceptionally(problem);
        }
    }

    private synchronized DownloadListener listenerOf(Running download) {
        return download.listeners.getFirst();
    }

    private synchronized void end(Running ended) {
        running.remove(ended.download.wanted().target());
        if (running.isEmpty()) {
            means.flow().buffers().rest();
        }
    }

    private static Finished await(Running download, Consumer<DownloadProgress> progress)
            throws IOException, InterruptedException {
        while (true) {
            try {
                Finished finished = download.result.get(PROGRESS.toMillis(), TimeUnit.MILLISECONDS);
                progress.accept(download.download.progress());
                return finished;
            } catch (TimeoutException stillGoing) {
                progress.accept(download.download.progress());
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException known
                        ? known
                        : new DownloadException("the download failed: " + failure.getCause(), failure);
            }
        }
    }

    private synchronized void leave(Running download, DownloadListener listener) {
        if (download.listeners.size() == 1) {
            download.thread.interrupt();
        } else {
            download.listeners.remove(listener);
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
