package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.DownloadListener;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.SourceFinder;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The downloads of folders. Safe for any number of threads; the table of those under way is guarded by the monitor. */
public final class FolderDownloads {

    private static final Logger LOG = LoggerFactory.getLogger(FolderDownloads.class);
    private static final Duration PROGRESS = Duration.ofMillis(200);
    /** Shorter: a caller that waits for the end waits until the rest is offered. */
    private static final Duration OFFERS = Duration.ofMillis(50);

    private final Means means;
    private final Reports reports;
    private final Map<Path, FolderDownload> running = new HashMap<>();

    /** Is told how downloads of folders end, and of those files of theirs that are fetched one by one. */
    public interface Reports extends DownloadListener {

        /**
         * A folder's download has ended; told on the thread that waits for it.
         *
         * @param whole whether no file is missing
         * @param bytesFrom how many bytes came from each peer, but for those files that were downloaded by themselves
         * @param liars the peers that sent wrong bytes
         */
        void ended(Wanted.Identified manifest, boolean whole, Duration took, Map<String, Long> bytesFrom,
                Set<String> liars);
    }

    /** No downloads yet. The reports are not to offer anything: folders are offered many files at a time. */
    FolderDownloads(Means means, Reports reports) {
        this.means = means;
        this.reports = reports;
    }

    /** How far the downloads are that are under way. */
    public synchronized List<FolderProgress> active() {
        return running.values().stream().map(FolderDownload::progress).toList();
    }

    /**
     * Downloads a folder, and waits for its end; a caller that wants the same one in the same place
     * meanwhile waits for the same download.
     * What is there already is kept; what was verified is kept too when it fails,
     * and the next attempt goes on from there.
     *
     * @param manifest the folder's content; its own target does not matter
     * @param folder where its files go
     * @param from the only peer to download from, if there is to be one only
     * @param results is told what became of each file, unless another one began the download
     * @param progress is told several times a second how far it is
     * @return empty when the content is no manifest at all, in which case nothing is left behind
     * @throws DownloadException when it can't be done, with a message for the user; that files are missing in the end is no
     *         exception, but told by the result
     */
    public Optional<FolderResult> get(Wanted.Identified manifest, Path folder, Optional<String> from,
            Consumer<FileResult> results, Consumer<FolderProgress> progress) throws IOException, InterruptedException {
        boolean isNew = Files.notExists(folder);
        TargetFolder target = TargetFolder.open(folder);
        FolderDownload download = new FolderDownload(manifest, target, means,
                new FolderSources(means, manifest, from), reports);
        FolderDownload running = begin(download);
        if (running.equals(download)) {
            return getFirst(download, isNew, results, progress);
        }
        Optional<Optional<FolderResult>> joined = join(running, progress);
        // when the one who began it has given up, another one goes on
        return joined.isPresent() ? joined.get() : get(manifest, folder, from, results, progress);
    }

    /** Does it, and tells those who have joined how it ended. */
    private Optional<FolderResult> getFirst(FolderDownload download, boolean isNew, Consumer<FileResult> results,
            Consumer<FolderProgress> progress) throws IOException, InterruptedException {
        try {
            Optional<FolderResult> result = getAll(download, isNew, results, progress);
            end(download);
            download.end().complete(result);
            return result;
        } catch (IOException failure) {
            end(download);
            if (!Thread.currentThread().isInterrupted()) {
                download.end().completeExceptionally(failure);
            }
            throw failure;
        } finally {
            // a caller that is interrupted, or can no longer be told how far it is, ends it for itself only
            end(download);
            download.end().cancel(false);
        }
    }

    private Optional<FolderResult> getAll(FolderDownload download, boolean isNew, Consumer<FileResult> results,
            Consumer<FolderProgress> progress) throws IOException, InterruptedException {
        Wanted.Identified manifest = download.manifest();
        TargetFolder target = download.target();
        long start = System.nanoTime();
        Optional<Manifest> files = fetchManifest(manifest, target, download.from(), isNew);
        if (files.isEmpty()) {
            abandon(target, isNew);
            return Optional.empty();
        }
        boolean whole = false;
        try {
            run(download, files.get(), results, progress);
            whole = download.tally().isWhole(files.get().files().size());
        } finally {
            reports.ended(manifest, whole, Duration.ofNanos(System.nanoTime() - start),
                    download.tally().bytesTogetherFrom(), download.tally().liars());
        }
        if (whole) {
            Files.deleteIfExists(target.manifest());
            offer(target.root());
        }
        return Optional.of(result(manifest, files.get(), download, (System.nanoTime() - start) / 1e9));
    }

    /** That it can't be offered, for one that another folder has its name, takes nothing from the download. */
    private void offer(Path folder) throws IOException {
        try {
            means.own().offer(folder);
        } catch (IOException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            LOG.warn("{} is downloaded, but not offered as one folder: {}", folder, failure.getMessage());
        }
    }

    /** Waits for the end of a download that another one began; empty when that one has given up. */
    private static Optional<Optional<FolderResult>> join(FolderDownload running, Consumer<FolderProgress> progress)
            throws IOException, InterruptedException {
        while (true) {
            try {
                return Optional.of(running.end().get(PROGRESS.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException stillGoing) {
                progress.accept(running.progress());
            } catch (CancellationException givenUp) {
                LOG.debug("taking over the download to {}", running.target().root(), givenUp);
                return Optional.empty();
            } catch (ExecutionException failure) {
                throw failure(failure);
            }
        }
    }

    /** The download of the same folder to the same place that is under way already, or else this one. */
    private synchronized FolderDownload begin(FolderDownload download) throws DownloadException {
        FolderDownload other = running.putIfAbsent(download.target().root(), download);
        if (other != null && !other.isLike(download)) {
            throw new DownloadException("another folder is being downloaded to " + download.target().root()
                    + " already; wait for it, or use -o");
        }
        return other == null ? download : other;
    }

    private synchronized void end(FolderDownload download) {
        running.remove(download.target().root(), download);
    }

    private Optional<Manifest> fetchManifest(Wanted.Identified manifest, TargetFolder target, Optional<String> from,
            boolean isNew) throws IOException, InterruptedException {
        Path kept = target.manifest();
        Wanted.Identified wanted = new Wanted.Identified(manifest.name(), manifest.id(), manifest.size(), kept);
        // the user does not know that file: what another version has left there is not to be moved away by hand
        means.files().discardOther(wanted);
        SourceFinder sources = means.discovery().sources(manifest, from);
        Finished finished;
        try {
            finished = fetchManifest(wanted, sources);
        } catch (DownloadException perhapsAnother) {
            if (!Files.exists(kept)) {
                throw perhapsAnother;
            }
            LOG.info("{} is that of another version of the folder; getting the new one", kept);
            Files.delete(kept);
            finished = fetchManifest(wanted, sources);
        }
        LOG.debug("the manifest of {} came from {}", manifest.name(), finished.bytesFrom().keySet());
        byte[] bytes = Files.readAllBytes(kept);
        if (!Manifest.isManifest(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.parse(bytes));
        } catch (IllegalArgumentException wrong) {
            abandon(target, isNew);
            throw new DownloadException(manifest.name() + " is not a manifest that this host understands: "
                    + wrong.getMessage(), wrong);
        }
    }

    /** It is a part of its folder: how its own download ends is not told, and how far it is is no news. */
    private Finished fetchManifest(Wanted.Identified wanted, SourceFinder sources)
            throws IOException, InterruptedException {
        return means.files().get(wanted, sources, DownloadListener.NONE, _ -> {});
    }

    private static void abandon(TargetFolder target, boolean remove) throws IOException {
        Files.deleteIfExists(target.manifest());
        if (remove && target.isEmpty()) {
            Files.delete(target.root());
        }
    }

    /** Has it done by a thread of its own, and reports meanwhile what there is to report. */
    private void run(FolderDownload download, Manifest files, Consumer<FileResult> results,
            Consumer<FolderProgress> progress) throws IOException, InterruptedException {
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> end = thread.submit(() -> {
                download.run(files);
                return true;
            });
            try {
                long next = System.nanoTime() + PROGRESS.toNanos();
                while (!awaitEnd(end)) {
                    adopt(download);
                    if (next - System.nanoTime() <= 0) {
                        tell(download, results, progress);
                        next = System.nanoTime() + PROGRESS.toNanos();
                    }
                }
                tell(download, results, progress);
            } catch (InterruptedException | IOException | RuntimeException failure) {
                thread.shutdownNow();
                throw failure;
            }
        } finally {
            adopt(download);
        }
    }

    private static boolean awaitEnd(Future<Boolean> end) throws IOException, InterruptedException {
        try {
            return end.get(OFFERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillGoing) {
            return false;
        } catch (ExecutionException failure) {
            throw failure(failure);
        }
    }

    private static IOException failure(ExecutionException failure) {
        return failure.getCause() instanceof IOException known
                ? known
                : new DownloadException("the download failed: " + failure.getCause(), failure);
    }

    private static void tell(FolderDownload download, Consumer<FileResult> results,
            Consumer<FolderProgress> progress) {
        download.tally().takeResults().forEach(results);
        progress.accept(download.progress());
    }

    private void adopt(FolderDownload download) {
        Map<Path, HashTree> trees = download.tally().takeOffers();
        try {
            if (!trees.isEmpty()) {
                means.own().adopt(download.target().root(), trees);
            }
        } catch (IOException failure) {
            LOG.warn("{} files in {} are downloaded, but not offered: {}", trees.size(), download.target().root(),
                    failure.getMessage());
        }
    }

    private static FolderResult result(Wanted.Identified manifest, Manifest files, FolderDownload download,
            double seconds) {
        Tally tally = download.tally();
        ContentId id = manifest.id();
        return new FolderResult(manifest.name(), id.toString(), files.size(), download.target().root().toString(),
                seconds, tally.bytesFrom(), files.files().size(), tally.count(Outcome.FETCHED),
                tally.count(Outcome.COPIED), tally.count(Outcome.PRESENT), new ArrayList<>(tally.failed()));
    }
}
