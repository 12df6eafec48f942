package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Finds which files of a folder are there already, by their bytes and not by their looks. If anything else is in the place of
 * one of them, nothing is begun. An empty file is no obstacle: a power failure leaves such files, and nothing is lost with it.
 */
final class PresentFiles {

    private final TargetFolder target;
    private final LocalFiles own;
    private final FileHasher hasher;
    private final Tally tally;
    private final List<FolderFile> missing = new ArrayList<>();
    private final List<Path> obstacles = new ArrayList<>();

    PresentFiles(TargetFolder target, LocalFiles own, FileHasher hasher, Tally tally) {
        this.target = target;
        this.own = own;
        this.hasher = hasher;
        this.tally = tally;
    }

    /**
     * Counts those that are there, and returns the others.
     *
     * @throws DownloadException when something else is in the place of some
     */
    List<FolderFile> missingOf(Manifest manifest) throws IOException, InterruptedException {
        if (target.isEmpty()) {
            return manifest.files();
        }
        Map<FolderFile, CompletableFuture<HashTree>> hashing = new LinkedHashMap<>();
        try (TreeHasher trees = new TreeHasher(hasher, Runtime.getRuntime().availableProcessors())) {
            for (FolderFile file : manifest.files()) {
                look(file, trees, hashing);
            }
            for (Map.Entry<FolderFile, CompletableFuture<HashTree>> each : hashing.entrySet()) {
                compare(each.getKey(), each.getValue());
            }
        }
        if (!obstacles.isEmpty()) {
            throw new DownloadException(obstacles.getFirst() + " exists and is something else"
                    + (obstacles.size() == 1 ? "" : ", and so do " + (obstacles.size() - 1) + " more")
                    + "; move what is there away, or use -o to download to another place");
        }
        return missing;
    }

    private void look(FolderFile file, TreeHasher trees, Map<FolderFile, CompletableFuture<HashTree>> hashing)
            throws IOException, InterruptedException {
        Path path = target.pathOf(file);
        Optional<BasicFileAttributes> there = target.look(path);
        if (there.isEmpty()) {
            missing.add(file);
        } else if (there.get().isRegularFile() && there.get().size() == file.size()) {
            Optional<ContentId> known = own.knownId(path);
            if (known.equals(Optional.of(file.id()))) {
                present(file, path);
            } else {
                hashing.put(file, trees.start(path, _ -> {}));
            }
        } else if (there.get().isRegularFile() && there.get().size() == 0) {
            Files.delete(path);
            missing.add(file);
        } else {
            obstacles.add(path);
        }
    }

    private void compare(FolderFile file, CompletableFuture<HashTree> hashing)
            throws IOException, InterruptedException {
        Path path = target.pathOf(file);
        try {
            HashTree tree = hashing.get();
            if (tree.root().equals(file.id())) {
                present(file, path);
                tally.offer(path, tree);
            } else {
                obstacles.add(path);
            }
        } catch (ExecutionException unreadable) {
            throw new DownloadException("can't read " + path + ": " + unreadable.getCause(), unreadable);
        }
    }

    private void present(FolderFile file, Path path) throws IOException {
        target.mendAttributes(file, path);
        tally.done(file, Outcome.PRESENT);
    }
}
