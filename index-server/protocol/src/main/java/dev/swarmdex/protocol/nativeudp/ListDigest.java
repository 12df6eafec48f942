package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a peer and the index compare instead of the peer's whole list: the number of its contents and a 64-bit digest of
 * them that doesn't depend on their order. The digest is the sum, modulo 2⁶⁴, over all contents of the first 8 bytes
 * (big-endian) of the SHA-256 of the content's bytes as in an {@code R} request. A sum, so that one more content of
 * millions costs one hash.
 *
 * <p>It tells lists apart that differ by accident, which is all it is for: a peer that forges its own digest only
 * confirms its own mappings.
 *
 * @param mappings how many contents the list has
 * @param value the digest, an unsigned 64-bit number
 */
public record ListDigest(int mappings, long value) {

    /** The digest of the empty list. */
    public static final ListDigest EMPTY = new ListDigest(0, 0);

    /** Checks that the count is not negative. */
    public ListDigest {
        if (mappings < 0) {
            throw new IllegalArgumentException("a list can't have " + mappings + " contents");
        }
    }

    /** The digest of the contents in any order. */
    public static ListDigest of(Iterable<Content> contents) {
        ListDigest digest = EMPTY;
        for (Content content : contents) {
            digest = digest.plus(content);
        }
        return digest;
    }

    /** The digest with one content more. */
    public ListDigest plus(Content content) {
        return new ListDigest(Math.incrementExact(mappings), value + of(content));
    }

    /** What one content adds to the digest. */
    public static long of(Content content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.wireSize());
        new PacketWriter(bytes).content(content);
        return ByteBuffer.wrap(sha256().digest(bytes.array())).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
