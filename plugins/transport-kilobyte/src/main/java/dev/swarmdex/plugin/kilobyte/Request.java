package dev.swarmdex.plugin.kilobyte;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a client asks: whether a file is there, or for one portion of it.
 *
 * @param name the file's name, 1 to 128 bytes of UTF-8 without control characters
 * @param portion the portion that is wanted; echoed in the reply
 * @param existence whether only the file's existence and size are asked for
 */
record Request(String name, long portion, boolean existence) {

    /** The bytes of a request. */
    static final int LENGTH = 144;

    /** So that there is a NUL behind it, which programs in C look for. */
    private static final int LONGEST_TO_SEND = 127;
    private static final int NAME_LENGTH = 128;
    private static final int PORTION = 128;
    private static final int EXISTENCE = 136;

    Request {
        int length = name.getBytes(UTF_8).length;
        if (length == 0 || length > NAME_LENGTH) {
            throw new IllegalArgumentException("a name has 1 to 128 bytes, not " + length);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has no control characters");
        }
    }

    /** Asks for a file's existence and size. */
    static Request existence(String name) {
        return new Request(name, 0, true);
    }

    /** Asks for a portion of a file. */
    static Request portion(String name, long portion) {
        return new Request(name, portion, false);
    }

    /** Whether any program can be asked for this name. */
    static boolean carries(String name) {
        return name.getBytes(UTF_8).length <= LONGEST_TO_SEND;
    }

    /** Appends the 144 bytes to the buffer. */
    void write(ByteBuffer target) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(name.getBytes(UTF_8)).putLong(PORTION, portion).put(EXISTENCE, (byte) (existence ? 1 : 0));
        target.put(bytes.clear());
    }

    /**
     * Reads a request of 144 bytes. What is behind the name's NUL means nothing.
     *
     * @throws IllegalArgumentException when its name can't be that of a file
     */
    static Request parse(ByteBuffer bytes) {
        ByteBuffer fields = bytes.slice(bytes.position(), LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        return new Request(name(fields), fields.getLong(PORTION), fields.get(EXISTENCE) != 0);
    }

    private static String name(ByteBuffer fields) {
        int length = 0;
        while (length < NAME_LENGTH && fields.get(length) != 0) {
            length++;
        }
        try {
            return UTF_8.newDecoder().decode(fields.slice(0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the name is not UTF-8", e);
        }
    }
}
