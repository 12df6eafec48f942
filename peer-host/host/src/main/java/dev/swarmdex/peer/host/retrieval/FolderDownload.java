package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.index.IndexException;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The download of one folder: what is there already stays, small files come many over one connection, large ones one by one
 * like any other file, several at once. One thread runs it; any thread may ask how far it is.
 */
final class FolderDownload {

    private static final Logger LOG = LoggerFactory.getLogger(FolderDownload.class);
    private static final int LARGE_AT_ONCE = 4;

    private final Wanted.Identified manifest;
    private final TargetFolder target;
    private final Means means;
    private final FolderSources sources;
    private final Tally tally = new Tally();
    private final CompletableFuture<Optional<FolderResult>> end = new CompletableFuture<>();
    private volatile Manifest content = Manifest.of(List.of());

    /** A download that has not begun. */
    FolderDownload(Wanted.Identified manifest, TargetFolder target, Means means, FolderSources sources) {
        this.manifest = manifest;
        this.target = target;
        this.means = means;
        this.sources = sources;
    }

    Wanted.Identified manifest() {
        return manifest;
    }

    /** The only peer to download from, if there is to be one only. */
    Optional<String> from() {
        return sources.from();
    }

    /** Whether the other one does the same. */
    boolean isLike(FolderDownload other) {
        return manifest.id().equals(other.manifest.id()) && from().equals(other.from());
    }

    /** How it ends, for those who wait for it; cancelled when the one who began it gives up. */
    CompletableFuture<Optional<FolderResult>> end() {
        return end;
    }

    Tally tally() {
        return tally;
    }

    TargetFolder target() {
        return target;
    }

    FolderProgress progress() {
        Manifest known = content;
        return tally.progress(manifest.name(), manifest.id().toString(), known.size(), known.files().size());
    }

    /**
     * Fetches all files that are missing. What is verified is kept when it fails.
     *
     * @throws DownloadException when it can't begin, or can't go on; that single files can't be had is only counted
     */
    void run(Manifest files) throws IOException, InterruptedException {
        content = files;
        target.requireDistinct(files);
        List<FolderFile> missing = new PresentFiles(target, means.own(), hasherOf(files), tally).missingOf(files);
        target.requireSpace(bytesToCome(missing));
        target.makeParts();
        try (EarlyFlush _ = EarlyFlush.of(target.root())) {
            fetch(missing);
        } finally {
            target.removeParts();
        }
        DiskFlush.of(target.root(), files.files().stream().map(FolderFile::path).map(target.root()::resolve).toList());
    }

    /** How much more room these take than an earlier attempt has taken for them. */
    private long bytesToCome(List<FolderFile> missing) throws IOException {
        long bytes = 0;
        for (FolderFile file : missing) {
            // nobody looks for parts of small files, of which there may be very many: they take next to nothing
            long stored = file.size() > SmallFiles.LARGEST ? means.files().bytesStored(wanted(file)) : 0;
            bytes += file.size() - stored;
        }
        return bytes;
    }

    private Wanted.Identified wanted(FolderFile file) throws DownloadException {
        return new Wanted.Identified(manifest.name() + "/" + file.path(), file.id(), file.size(), target.pathOf(file),
                manifest.inOrder());
    }

    private void fetch(List<FolderFile> missing) throws IOException, InterruptedException {
        List<FolderFile> small = new ArrayList<>();
        List<FolderFile> others = new ArrayList<>();
        int largest = means.limit().order(SmallFiles.LARGEST);
        withoutCopies(missing).forEach(file -> (file.size() <= largest ? small : others).add(file));
        if (!small.isEmpty()) {
            FileHasher hasher = means.plugins().hasher(small.getFirst().id().algorithm());
            others.addAll(new SmallFiles(means.plugins(), means.limit(), hasher, target, tally, small)
                    .fetch(sources.ranked()));
        }
        fetchOneByOne(new ConcurrentLinkedQueue<>(others));
    }

    /** Copies what this host has already, and returns the others. */
    private List<FolderFile> withoutCopies(List<FolderFile> files) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return files;
        }
        FileHasher hasher = means.plugins().hasher(files.getFirst().id().algorithm());
        List<FolderFile> others = new ArrayList<>();
        try (TreeHasher trees = new TreeHasher(hasher, Runtime.getRuntime().availableProcessors())) {
            for (FolderFile file : files) {
                Optional<Path> original = means.own().find(file.id());
                if (original.isEmpty() || !copy(file, original.get(), trees)) {
                    others.add(file);
                }
            }
        }
        return others;
    }

    private boolean copy(FolderFile file, Path original, TreeHasher trees) throws IOException, InterruptedException {
        Path path = target.pathOf(file);
        Path part = target.newPart();
        try {
            target.makeFolderOf(path);
            Optional<HashTree> tree = LocalCopy.make(original, file.id(), file.size(), part, trees);
            if (tree.isEmpty()) {
                return false;
            }
            tally.done(file, target.finish(file, part, path) ? Outcome.COPIED : Outcome.PRESENT);
            tally.offer(path, tree.get());
            return true;
        } catch (IOException failure) {
            LOG.info("{} is fetched, since {} can't be copied: {}", path, original, failure.toString());
            return false;
        }
    }

    private FileHasher hasherOf(Manifest files) throws IOException {
        return means.plugins().hasher(
                files.files().isEmpty() ? manifest.id().algorithm() : files.files().getFirst().id().algorithm());
    }

    private void fetchOneByOne(Queue<FolderFile> files) throws IOException, InterruptedException {
        Parallel.run(Math.min(files.size(), LARGE_AT_ONCE), () -> {
            for (FolderFile file = files.poll(); file != null; file = files.poll()) {
                fetchOne(file);
            }
        });
    }

    private void fetchOne(FolderFile file) throws IOException, InterruptedException {
        Wanted wanted = wanted(file);
        Path path = wanted.target();
        try {
            target.makeFolderOf(path);
            Finished finished = means.files().get(wanted, sources.of(file, wanted),
                    progress -> tally.underWay(file.path(), progress));
            target.setAttributes(file, path);
            finished.bytesFrom().forEach(tally::receivedAlone);
            tally.done(file, Outcome.FETCHED);
            tally.offer(path, finished.tree());
        } catch (IndexException silent) {
            throw silent;
        } catch (IOException problem) {
            tally.failed(file, problem);
        } finally {
            tally.ended(file.path());
        }
    }
}
