package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A type and a line of text: the unit of all messages but the packets of a transfer.
 *
 * @param type a capital ASCII letter
 * @param data at most 100 bytes of UTF-8 without control characters
 */
public record Pdu(char type, String data) {

    /** The bytes of a whole PDU. */
    public static final int SIZE = 102;

    /** The most bytes of its data. */
    public static final int DATA = 100;

    static final int PREFIX = 2;

    /** Checks the type and the data. */
    public Pdu {
        if (type < 'A' || type > 'Z') {
            throw new IllegalArgumentException("a PDU starts with a capital letter");
        }
        WireText.check("the data of a PDU", data, 0, DATA);
    }

    /** The PDU in the bytes between the buffer's position and limit, padded or not; both stay as they are. */
    public static Pdu decode(ByteBuffer bytes) throws MalformedMessageException {
        int start = bytes.position();
        if (bytes.remaining() < PREFIX || bytes.remaining() > SIZE || bytes.get(start + 1) != ',') {
            throw MalformedMessageException.malformed("a PDU is a letter, a comma and at most 100 bytes");
        }
        int end = start + PREFIX;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        byte[] data = new byte[end - start - PREFIX];
        bytes.get(start + PREFIX, data);
        char type = (char) Byte.toUnsignedInt(bytes.get(start));
        return MalformedMessageException.reading(() -> new Pdu(type, WireText.decode(data)));
    }

    /** The PDU as all 102 bytes, padded with NUL, as the seed's programs send and expect it. */
    public ByteBuffer encode() {
        return ByteBuffer.allocate(SIZE)
                .put((byte) type)
                .put((byte) ',')
                .put(data.getBytes(StandardCharsets.UTF_8))
                .rewind();
    }
}
