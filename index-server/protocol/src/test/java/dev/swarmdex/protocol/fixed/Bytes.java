package dev.swarmdex.protocol.fixed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** PDUs laid out byte by byte, independently of the codecs. */
final class Bytes {

    private final ByteBuffer bytes = ByteBuffer.allocate(101);

    private Bytes(char type) {
        bytes.put(0, (byte) type);
    }

    static Bytes of(char type) {
        return new Bytes(type);
    }

    Bytes data(int index, String text) {
        bytes.put(1 + index, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Bytes data(int index, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes.put(1 + index + i, (byte) values[i]);
        }
        return this;
    }

    ByteBuffer all() {
        return bytes;
    }

    ByteBuffer first(int length) {
        return bytes.slice(0, length);
    }
}
