package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.nio.ByteBuffer;

/** Hashes a content that is in memory. */
public final class MemoryTree {

    private MemoryTree() {}

    /** The tree of the buffer's remaining bytes, whose position is left as it is. */
    public static HashTree of(FileHasher hasher, ByteBuffer content) {
        int size = content.remaining();
        int pieceSize = PieceSize.of(size);
        PieceHasher piece = new PieceHasher(hasher, size);
        byte[] hashes = new byte[0];
        for (int index = 0; index < HashTree.pieceCount(size); index++) {
            int offset = index * pieceSize;
            piece.update(content.slice(content.position() + offset, Math.min(pieceSize, size - offset)));
            byte[] hash = piece.finish();
            if (index == 0) {
                hashes = new byte[hash.length * HashTree.pieceCount(size)];
            }
            System.arraycopy(hash, 0, hashes, index * hash.length, hash.length);
        }
        return HashTree.of(hasher, size, hashes);
    }
}
