package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** BEP 52's definition word for word: all leaves in one row, zeros up to a power of two, row over row up to the root. */
final class ReferenceTree {

    private static final int BLOCK = 16384;

    private final MessageDigest digest;
    private final List<byte[]> leaves = new ArrayList<>();

    ReferenceTree(FileHasher hasher, byte[] content) {
        digest = hasher.newDigest();
        for (int from = 0; from < content.length; from += BLOCK) {
            leaves.add(digest.digest(Arrays.copyOfRange(content, from, Math.min(from + BLOCK, content.length))));
        }
        if (content.length == 0) {
            leaves.add(digest.digest());
        }
        while (Integer.bitCount(leaves.size()) != 1) {
            leaves.add(new byte[digest.getDigestLength()]);
        }
    }

    byte[] root() {
        return rowOf(1).getFirst();
    }

    /** The digests of pieces of this size, without those that stand for no byte of the content. */
    byte[] pieces(int pieceSize, int count) {
        List<byte[]> row = rowOf(Math.max(1, leaves.size() * BLOCK / pieceSize));
        byte[] hashes = new byte[count * digest.getDigestLength()];
        for (int piece = 0; piece < count; piece++) {
            System.arraycopy(row.get(piece), 0, hashes, piece * digest.getDigestLength(), digest.getDigestLength());
        }
        return hashes;
    }

    private List<byte[]> rowOf(int nodes) {
        List<byte[]> row = leaves;
        while (row.size() > nodes) {
            List<byte[]> above = new ArrayList<>();
            for (int left = 0; left < row.size(); left += 2) {
                digest.update(row.get(left));
                above.add(digest.digest(row.get(left + 1)));
            }
            row = above;
        }
        return row;
    }
}
