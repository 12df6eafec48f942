package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a content that is on this disk already instead of fetching it. The kernel copies ({@code copy_file_range}), so that
 * file systems that can share blocks between files do so; then the copy is read and compared with the content id, since the
 * original may have changed a moment ago.
 */
final class LocalCopy {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopy.class);

    private LocalCopy() {}

    /**
     * Copies a file; the copy is not flushed.
     *
     * @param part where to, beside its last place; it is there afterwards only if the copy is right
     * @return the tree of the copy; empty when the original can't be read, or is something else by now
     * @throws IOException when it can't be written
     */
    static Optional<HashTree> make(Path original, ContentId id, long size, Path part, TreeHasher trees)
            throws IOException, InterruptedException {
        boolean isRight = false;
        try (FileChannel from = FileChannel.open(original, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            copy(from, size, part);
            HashTree tree = trees.hash(part, _ -> {});
            isRight = tree.root().equals(id);
            LOG.debug("{} is {} copy of {}", part, isRight ? "a right" : "no", original);
            return isRight ? Optional.of(tree) : Optional.empty();
        } finally {
            if (!isRight) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void copy(FileChannel from, long size, Path part) throws IOException {
        try (FileChannel to = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS)) {
            for (long at = 0; at < size;) {
                long copied = from.transferTo(at, size - at, to);
                if (copied == 0) {
                    return;
                }
                at += copied;
            }
        }
    }
}
