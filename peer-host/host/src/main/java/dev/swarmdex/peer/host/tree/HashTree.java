package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The Merkle tree of a content as far down as its pieces: the content id at the root, one digest for each piece. The
 * pieces' digests of an instance always fold to its root, wherever they came from. Immutable.
 *
 * <p>This is BEP 52's tree of one file, with any {@link FileHasher} in SHA-256's place: each piece's digest is the root of
 * its subtree of 16 KiB blocks (see {@link PieceHasher}); the row of pieces is filled up to a power of two with the root
 * of a subtree of missing leaves. So the root does not depend on the piece size. A content always has at least one piece:
 * one of a single piece has its root for the piece's digest, and an empty one has one piece of no bytes.
 */
public final class HashTree {

    /** The largest content in bytes: 16 TiB, the largest file of common file systems; bounds the pieces to 1,048,576. */
    public static final long LARGEST_CONTENT = 1L << 44;

    private final ContentId root;
    private final long size;
    private final byte[] pieceHashes;
    private final int digestLength;

    private HashTree(ContentId root, long size, byte[] pieceHashes) {
        this.root = root;
        this.size = size;
        this.pieceHashes = pieceHashes;
        this.digestLength = pieceHashes.length / pieceCount(size);
    }

    /**
     * The tree above pieces whose digests are known to be right.
     *
     * @param size of the content in bytes
     * @param pieceHashes the digests of all pieces, one after the other
     * @throws IllegalArgumentException when there are not as many digests as pieces, or the size is out of range
     */
    public static HashTree of(FileHasher hasher, long size, byte[] pieceHashes) {
        MessageDigest digest = hasher.newDigest();
        int expected = pieceCount(size) * digest.getDigestLength();
        if (pieceHashes.length != expected) {
            throw new IllegalArgumentException(pieceHashes.length + " bytes of piece hashes instead of " + expected);
        }
        byte[] hashes = pieceHashes.clone();
        String hex = HexFormat.of().formatHex(fold(digest, size, hashes));
        return new HashTree(new ContentId(hasher.algorithm(), hex), size, hashes);
    }

    /**
     * The tree with this root, if the claimed digests, from whatever source, fold to it; the work and memory it takes are
     * bounded by the size of the content, and nothing is spent on a claim of the wrong length.
     *
     * @param root the content id that is trusted
     * @param size of the content in bytes, as claimed
     * @param claimed the digests of all pieces, one after the other
     */
    public static Optional<HashTree> verified(FileHasher hasher, ContentId root, long size, byte[] claimed) {
        int digestLength = hasher.newDigest().getDigestLength();
        if (size < 0 || size > LARGEST_CONTENT || claimed.length != (long) pieceCount(size) * digestLength) {
            return Optional.empty();
        }
        HashTree tree = of(hasher, size, claimed);
        return tree.root.equals(root) ? Optional.of(tree) : Optional.empty();
    }

    /**
     * How many pieces a content has; at least 1.
     *
     * @throws IllegalArgumentException when the size is negative or above {@link #LARGEST_CONTENT}
     */
    public static int pieceCount(long size) {
        return (int) Math.max(1, Math.ceilDiv(checkedSize(size), (long) PieceSize.of(size)));
    }

    static long checkedSize(long size) {
        if (size < 0 || size > LARGEST_CONTENT) {
            throw new IllegalArgumentException("a content has 0 to " + LARGEST_CONTENT + " bytes, not " + size);
        }
        return size;
    }

    private static byte[] fold(MessageDigest digest, long size, byte[] pieceHashes) {
        byte[] missing = new byte[digest.getDigestLength()];
        for (int blocks = PieceSize.of(size) / PieceSize.BLOCK; blocks > 1; blocks /= 2) {
            missing = Fold.join(digest, missing, missing);
        }
        Fold pieces = new Fold(digest);
        for (int at = 0; at < pieceHashes.length; at += digest.getDigestLength()) {
            pieces.add(Arrays.copyOfRange(pieceHashes, at, at + digest.getDigestLength()));
        }
        return pieces.root(pieces.height(), missing);
    }

    /** The content id. */
    public ContentId root() {
        return root;
    }

    /** The content's size in bytes. */
    public long size() {
        return size;
    }

    /** The size in bytes of every piece but the last. */
    public int pieceSize() {
        return PieceSize.of(size);
    }

    /** How many pieces there are; at least 1. */
    public int pieceCount() {
        return pieceCount(size);
    }

    /** The digests of all pieces, one after the other. */
    public byte[] pieceHashes() {
        return pieceHashes.clone();
    }

    /** Whether this is the digest of the piece, counted from 0. */
    public boolean matches(int piece, byte[] digest) {
        int from = piece * digestLength;
        return Arrays.equals(pieceHashes, from, from + digestLength, digest, 0, digest.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashTree tree && root.equals(tree.root) && size == tree.size
                && Arrays.equals(pieceHashes, tree.pieceHashes);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return root.algorithm() + ":" + root.hex() + " (" + size + " bytes)";
    }
}
