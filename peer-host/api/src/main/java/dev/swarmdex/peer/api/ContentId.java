package dev.swarmdex.peer.api;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A digest of a file's bytes, written {@code algorithm:hex}, say {@code sha256-tree:9f86…}.
 *
 * @param algorithm a hasher's name: 1 to 32 lower-case letters, digits and {@code -}, beginning with a letter
 * @param hex the digest of 16 to 64 bytes in lower-case hexadecimal
 */
public record ContentId(String algorithm, String hex) {

    /** The longest text form in characters, all of them ASCII. */
    public static final int LONGEST_TEXT = 32 + 1 + 128;

    private static final Pattern ALGORITHM = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int SHORTEST_HEX = 2 * 16;
    private static final int LONGEST_HEX = 2 * 64;

    /** Refuses what can't be a content id with an IllegalArgumentException. */
    public ContentId {
        if (!ALGORITHM.matcher(algorithm).matches()) {
            throw new IllegalArgumentException("not a hash algorithm's name: '" + algorithm + "'");
        }
        if (!isDigest(hex)) {
            throw new IllegalArgumentException("not a digest of 16 to 64 bytes in hexadecimal: '" + hex + "'");
        }
    }

    /** Not by a pattern, since a folder's manifest has thousands of them. */
    private static boolean isDigest(String hex) {
        boolean isDigest = hex.length() >= SHORTEST_HEX && hex.length() <= LONGEST_HEX && hex.length() % 2 == 0;
        for (int i = 0; isDigest && i < hex.length(); i++) {
            char digit = hex.charAt(i);
            isDigest = (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
        }
        return isDigest;
    }

    /** The id with this digest. */
    public static ContentId of(String algorithm, byte[] digest) {
        return new ContentId(algorithm, HexFormat.of().formatHex(digest));
    }

    /**
     * Reads the text form; the digits may be in either case.
     *
     * @throws IllegalArgumentException when the text is not a content id
     */
    public static ContentId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a content id: '" + text + "' (algorithm:hex)");
        }
        return new ContentId(text.substring(0, colon), text.substring(colon + 1).toLowerCase(Locale.ROOT));
    }

    /** The digest's bytes, in a new array. */
    public byte[] digest() {
        return HexFormat.of().parseHex(hex);
    }

    /** The text form. */
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
