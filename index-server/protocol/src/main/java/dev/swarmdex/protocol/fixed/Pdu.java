package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of a PDU: a type and 100 bytes of data, in which each message has its fields. */
final class Pdu {

    /** The bytes of a whole PDU. */
    static final int SIZE = 101;

    /** The bytes of its data. */
    static final int DATA = 100;

    private final byte[] bytes;

    private Pdu(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A PDU whose data is all NUL. */
    static Pdu of(char type) {
        byte[] bytes = new byte[SIZE];
        bytes[0] = (byte) type;
        return new Pdu(bytes);
    }

    /** The PDU in a datagram. One that was sent without its padding gets it. */
    static Pdu read(ByteBuffer datagram) throws MalformedMessageException {
        if (!datagram.hasRemaining() || datagram.remaining() > SIZE) {
            throw MalformedMessageException.foreign("a PDU has 101 bytes, not " + datagram.remaining());
        }
        byte[] bytes = new byte[SIZE];
        datagram.get(datagram.position(), bytes, 0, datagram.remaining());
        return new Pdu(bytes);
    }

    char type() {
        return (char) Byte.toUnsignedInt(bytes[0]);
    }

    int dataAt(int index) {
        return Byte.toUnsignedInt(bytes[1 + index]);
    }

    /** The text in that part of the data, which ends at the first NUL; what is behind that is left over and means nothing. */
    String text(int from, int to) {
        int end = from;
        while (end < to && dataAt(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - from];
        System.arraycopy(bytes, 1 + from, text, 0, text.length);
        return WireText.decode(text);
    }

    /** All the data with a character for each byte, whatever it is. */
    String latin() {
        return new String(bytes, 1, DATA, StandardCharsets.ISO_8859_1);
    }

    Pdu put(int from, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, 1 + from, encoded.length);
        return this;
    }

    ByteBuffer put(ByteBuffer content) {
        content.get(bytes, 1, Math.min(DATA, content.remaining()));
        return datagram();
    }

    ByteBuffer datagram() {
        return ByteBuffer.wrap(bytes);
    }

    /** All the data, as a view. */
    ByteBuffer data() {
        return ByteBuffer.wrap(bytes, 1, DATA).slice().asReadOnlyBuffer();
    }
}
