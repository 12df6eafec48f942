package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Digests the pieces of one content: eats the bytes of a piece in order and yields the root of the piece's subtree. One
 * instance serves piece after piece, in any order of pieces; not safe for many threads.
 *
 * <p>BEP 52: a leaf is the digest of a block of 16 KiB, the last block of the content unpadded, and leaves that are
 * missing are zero. The subtree of a piece has one leaf for each block of a whole piece, but a content of a single piece
 * has a tree only as high as its blocks need. An empty content, for which BEP 52 has no tree, has one leaf: the digest of
 * no bytes.
 */
public final class PieceHasher {

    private final MessageDigest digest;
    private final Fold leaves;
    private final byte[] missingLeaf;
    private final long contentSize;
    private final int pieceSize;
    private int inPiece;

    /** A hasher for the pieces of a content of this many bytes. */
    public PieceHasher(FileHasher hasher, long contentSize) {
        this.contentSize = HashTree.checkedSize(contentSize);
        this.digest = hasher.newDigest();
        this.leaves = new Fold(hasher.newDigest());
        this.missingLeaf = new byte[digest.getDigestLength()];
        this.pieceSize = PieceSize.of(contentSize);
    }

    /**
     * Adds the remaining bytes to the piece.
     *
     * @throws IllegalStateException when they are more than a piece has
     */
    public void update(ByteBuffer bytes) {
        if (bytes.remaining() > Math.min(pieceSize, contentSize) - inPiece) {
            throw new IllegalStateException("a piece has " + Math.min(pieceSize, contentSize) + " bytes");
        }
        int end = bytes.limit();
        while (bytes.position() < end) {
            int missing = PieceSize.BLOCK - inPiece % PieceSize.BLOCK;
            int taken = Math.min(missing, end - bytes.position());
            digest.update(bytes.limit(bytes.position() + taken));
            inPiece += taken;
            if (taken == missing) {
                leaves.add(digest.digest());
            }
        }
    }

    /**
     * Ends the piece: its digest. The next bytes begin another piece.
     *
     * @throws IllegalStateException when no byte was added, unless the content is empty
     */
    public byte[] finish() {
        if (inPiece % PieceSize.BLOCK != 0 || contentSize == 0) {
            leaves.add(digest.digest());
        }
        inPiece = 0;
        int height = contentSize > pieceSize ? Fold.heightOf(pieceSize / PieceSize.BLOCK) : leaves.height();
        return leaves.root(height, missingLeaf);
    }
}
