package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.file.Path;

/** Hashes one file with all that the machine has. */
final class FileTree {

    private FileTree() {}

    static HashTree of(FileHasher hasher, Path file) throws IOException, InterruptedException {
        try (TreeHasher all = new TreeHasher(hasher, Runtime.getRuntime().availableProcessors())) {
            return all.hash(file, bytes -> {});
        }
    }
}
