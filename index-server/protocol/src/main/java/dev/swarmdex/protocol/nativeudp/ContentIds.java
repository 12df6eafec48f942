package dev.swarmdex.protocol.nativeudp;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The rules of a content id, {@code algorithm:hex}: an algorithm of 1 to 32 characters {@code a-z 0-9 -} and a digest of
 * 16 to 64 bytes in lower-case hex. There is one way to write an id, so ids are equal when their texts are.
 */
final class ContentIds {

    private static final int ALGORITHM = 32;
    private static final int SHORTEST_DIGEST = 16;
    private static final int LONGEST_DIGEST = 64;
    private static final HexFormat HEX = HexFormat.of();

    private ContentIds() {}

    static String check(String id) {
        int colon = id.indexOf(':');
        if (colon < 1 || colon > ALGORITHM || !isAlgorithm(id, colon)) {
            throw new IllegalArgumentException(
                    "content id must start with an algorithm of 1 to 32 characters a-z, 0-9 or - and a colon");
        }
        int digits = id.length() - colon - 1;
        if (digits % 2 != 0 || digits < 2 * SHORTEST_DIGEST || digits > 2 * LONGEST_DIGEST || !isHex(id, colon + 1)) {
            throw new IllegalArgumentException(
                    "content id must end with a digest of 16 to 64 bytes in lower-case hex digits");
        }
        return id;
    }

    static int wireSize(Optional<String> id) {
        return id.map(ContentIds::wireSize).orElse(1);
    }

    private static int wireSize(String id) {
        int colon = id.indexOf(':');
        return 1 + colon + 1 + (id.length() - colon - 1) / 2;
    }

    static String algorithm(String id) {
        return id.substring(0, id.indexOf(':'));
    }

    static byte[] digest(String id) {
        return HEX.parseHex(id, id.indexOf(':') + 1, id.length());
    }

    static String of(String algorithm, byte[] digest) {
        return check(algorithm + ':' + HEX.formatHex(digest));
    }

    private static boolean isAlgorithm(String id, int end) {
        for (int i = 0; i < end; i++) {
            char c = id.charAt(i);
            if (!isBetween(c, 'a', 'z') && !isBetween(c, '0', '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String id, int start) {
        for (int i = start; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!isBetween(c, 'a', 'f') && !isBetween(c, '0', '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
