package dev.swarmdex.protocol.tracker;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The 20 bytes that a torrent is known by, as three big-endian words: in memory by the million, they need no array.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 * @param third bytes 16 to 19
 */
public record InfoHash(long first, long second, int third) {

    /** How many bytes there are. */
    public static final int LENGTH = 20;

    /** Reads the 40 hexadecimal digits that people write. */
    public static InfoHash ofHex(String digits) {
        if (digits.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("an info-hash has 40 hexadecimal digits, not " + digits.length());
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(digits));
        return new InfoHash(bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    /** The 40 hexadecimal digits, in lower case. */
    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third);
    }

    void write(ByteBuffer target) {
        target.putLong(first).putLong(second).putInt(third);
    }
}
