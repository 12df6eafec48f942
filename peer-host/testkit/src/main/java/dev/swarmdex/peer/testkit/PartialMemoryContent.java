package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.PieceSize;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.BitSet;
import java.util.Optional;

/** Some pieces of a content in memory; the set is guarded by its monitor. */
record PartialMemoryContent(MemoryContent whole, BitSet there) implements PartialContent {

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public ContentId id() {
        return whole.id();
    }

    @Override
    public long size() {
        return whole.size();
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return whole.pieceHashes(pieceSize);
    }

    @Override
    public BitSet pieces() {
        synchronized (there) {
            return (BitSet) there.clone();
        }
    }

    @Override
    public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        int pieceSize = PieceSize.of(size());
        int last = (int) ((offset + length - 1) / pieceSize);
        if (length > 0 && pieces().nextClearBit((int) (offset / pieceSize)) <= last) {
            throw new IOException("these bytes are not there yet: " + length + " from " + offset);
        }
        whole.transferTo(offset, length, target);
    }
}
