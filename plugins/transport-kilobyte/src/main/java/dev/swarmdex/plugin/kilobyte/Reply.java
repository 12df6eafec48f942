package dev.swarmdex.plugin.kilobyte;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a server answers.
 *
 * @param portion the portion that was asked for
 * @param fileSize in bytes; 0 without a file
 * @param data the portion's bytes, or none
 * @param hasFile whether there is such a file
 * @param outOfRange whether the file has no such portion
 */
record Reply(long portion, long fileSize, ByteBuffer data, boolean hasFile, boolean outOfRange) {

    /** The bytes of a reply. */
    static final int LENGTH = 1056;

    private static final int PORTION = 0;
    private static final int DATA_LENGTH = 8;
    private static final int FILE_SIZE = 16;
    private static final int DATA = 24;
    private static final int HAS_FILE = 1048;
    private static final int OUT_OF_RANGE = 1049;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    Reply {
        int length = data.remaining();
        if (fileSize < 0) {
            throw new IllegalArgumentException("a file of " + fileSize + " bytes");
        }
        if (length > 0 && (!hasFile || outOfRange || length != Portions.length(portion, fileSize))) {
            throw new IllegalArgumentException(
                    length + " bytes as portion " + portion + " of a file of " + fileSize + " bytes");
        }
    }

    /** There is no such file. */
    static Reply absent(long portion) {
        return new Reply(portion, 0, NOTHING, false, false);
    }

    /** There is such a file. */
    static Reply present(long portion, long fileSize) {
        return new Reply(portion, fileSize, NOTHING, true, false);
    }

    /** The file has no such portion. */
    static Reply outOfRange(long portion, long fileSize) {
        return new Reply(portion, fileSize, NOTHING, true, true);
    }

    /** A portion of the file. */
    static Reply data(long portion, long fileSize, ByteBuffer data) {
        return new Reply(portion, fileSize, data, true, false);
    }

    /** Appends the 1056 bytes to the buffer, and leaves the data as it is. */
    void write(ByteBuffer target) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(PORTION, portion).putInt(DATA_LENGTH, data.remaining()).putLong(FILE_SIZE, fileSize);
        bytes.put(DATA, data, data.position(), data.remaining());
        bytes.put(HAS_FILE, (byte) (hasFile ? 1 : 0)).put(OUT_OF_RANGE, (byte) (outOfRange ? 1 : 0));
        target.put(bytes);
    }

    /**
     * Reads a reply of 1056 bytes; its data is a view of them. Without a file, only that counts: programs leave what
     * happens to be in their memory in the other fields.
     *
     * @throws IllegalArgumentException when it contradicts itself
     */
    static Reply parse(ByteBuffer bytes) {
        ByteBuffer fields = bytes.slice(bytes.position(), LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        long portion = fields.getLong(PORTION);
        if (fields.get(HAS_FILE) == 0) {
            return absent(portion);
        }
        int length = fields.getInt(DATA_LENGTH);
        if (length < 0 || length > Portions.SIZE) {
            throw new IllegalArgumentException("a portion of " + length + " bytes");
        }
        return new Reply(portion, fields.getLong(FILE_SIZE), fields.slice(DATA, length), true,
                fields.get(OUT_OF_RANGE) != 0);
    }
}
