package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.host.sending.FileRange;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;

/**
 * A content in the file that a download writes, of which the pieces that were verified can be sent. Safe for many
 * threads. Each transfer opens the file for itself, since an interrupt would close it for all.
 */
record PartialFile(Wanted.Identified wanted, HashTree tree, Path part, PieceMap map) implements PartialContent {

    @Override
    public String name() {
        return wanted.name();
    }

    @Override
    public ContentId id() {
        return wanted.id();
    }

    @Override
    public long size() {
        return wanted.size();
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return pieceSize == tree.pieceSize() ? Optional.of(tree.pieceHashes()) : Optional.empty();
    }

    @Override
    public BitSet pieces() {
        return map.completed();
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        if (offset < 0 || length < 0 || offset > size() - length || !hasAllOf(offset, length)) {
            throw new IOException(length + " bytes from " + offset + " are not there, or not yet, in " + name());
        }
        try (FileChannel file = FileChannel.open(current(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            FileRange.send(file, offset, offset + length, target);
        }
    }

    private boolean hasAllOf(long offset, long length) {
        int last = (int) ((offset + Math.max(1, length) - 1) / tree.pieceSize());
        return pieces().nextClearBit((int) (offset / tree.pieceSize())) > last;
    }

    /** The file has its own name from the moment that it is whole, and is served from here a little longer. */
    private Path current() {
        return Files.exists(part, LinkOption.NOFOLLOW_LINKS) ? part : wanted.target();
    }
}
