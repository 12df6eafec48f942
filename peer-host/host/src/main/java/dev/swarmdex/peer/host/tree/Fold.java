package dev.swarmdex.peer.host.tree;

import java.security.MessageDigest;
import java.util.ArrayDeque;

/**
 * Folds a row of digests, given from left to right, into the root of their binary tree. Keeps only the finished subtrees
 * that still wait for their right sibling: one of 2ⁿ digests for every bit n of their count. Not safe for many threads.
 */
final class Fold {

    private final MessageDigest digest;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int count;

    Fold(MessageDigest digest) {
        this.digest = digest;
    }

    void add(byte[] leaf) {
        byte[] subtree = leaf;
        for (int bits = count; (bits & 1) == 1; bits >>= 1) {
            subtree = join(digest, waiting.removeLast(), subtree);
        }
        waiting.addLast(subtree);
        count++;
    }

    /** The height of the smallest tree that has room for the digests given. */
    int height() {
        return heightOf(count);
    }

    /**
     * The root of the tree of 2^height digests, of which those that were not given are {@code missing}; the row is empty
     * again afterwards.
     */
    byte[] root(int height, byte[] missing) {
        if (count == 0 || height < height()) {
            throw new IllegalStateException(count + " digests do not make a tree of height " + height);
        }
        int lowest = Integer.numberOfTrailingZeros(count);
        byte[] last = waiting.removeLast();
        byte[] missingTree = missing;
        for (int level = 0; level < height; level++) {
            boolean siblingWaits = level > lowest && (count >> level & 1) == 1;
            if (siblingWaits) {
                last = join(digest, waiting.removeLast(), last);
            } else if (level >= lowest) {
                last = join(digest, last, missingTree);
            }
            missingTree = join(digest, missingTree, missingTree);
        }
        count = 0;
        return last;
    }

    static int heightOf(int nodes) {
        return nodes <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(nodes - 1);
    }

    static byte[] join(MessageDigest digest, byte[] left, byte[] right) {
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }
}
