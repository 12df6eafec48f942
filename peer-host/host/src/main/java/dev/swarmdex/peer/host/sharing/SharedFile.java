package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.host.sending.FileRange;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that this host offers, in the version that was hashed. Immutable, and safe for many threads.
 *
 * <p>Each transfer opens the file for itself: that costs microseconds, and needs no table of open files.
 */
public final class SharedFile implements SharedContent {

    /** How much is sent between two looks at whether the file has changed. */
    private static final long STRETCH = 16L << 20;

    private final String name;
    private final ContentId id;
    private final Path path;
    private final Fingerprint fingerprint;
    private final HashCache cache;
    private final Consumer<Path> changed;

    SharedFile(String name, ContentId id, Path path, Fingerprint fingerprint, HashCache cache,
            Consumer<Path> changed) {
        this.name = name;
        this.id = id;
        this.path = path;
        this.fingerprint = fingerprint;
        this.cache = cache;
        this.changed = changed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ContentId id() {
        return id;
    }

    @Override
    public long size() {
        return fingerprint.size();
    }

    /** The time of the version's last modification, in nanoseconds since 1970. */
    long modifiedNanos() {
        return fingerprint.modifiedNanos();
    }

    /** Where the file is. */
    public Path path() {
        return path;
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        if (pieceSize != PieceSize.of(size())) {
            return Optional.empty();
        }
        return HashTree.pieceCount(size()) == 1 ? Optional.of(id.digest()) : cache.pieceHashes(path, fingerprint);
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        if (offset < 0 || length < 0 || offset > size() - length) {
            throw new IOException(
                    length + " bytes from " + offset + " are not inside " + name + ", which has " + size());
        }
        require(Fingerprint.atFirstSight(path));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long end = offset + length;
            for (long position = offset; position < end; position += STRETCH) {
                require(Fingerprint.of(path));
                FileRange.send(file, position, Math.min(end, position + STRETCH), target);
            }
        }
    }

    /**
     * Looks at the path before the file is opened, since opening a pipe would block, and again once it is open, so that
     * the file that is open is the one that was hashed.
     */
    private void require(Optional<Fingerprint> now) throws IOException {
        if (!now.equals(Optional.of(fingerprint))) {
            changed.accept(path);
            throw new IOException(name + " has changed or is gone since it was hashed");
        }
    }

    @Override
    public String toString() {
        return name + " " + id;
    }
}
