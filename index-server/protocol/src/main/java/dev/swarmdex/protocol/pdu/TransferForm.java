package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How the packets of a transfer carry a file. Each is {@code C,} and at most 100 bytes of data, and all but the last are
 * full; the last ends with the connection, so that any bytes survive.
 */
public enum TransferForm {

    /** The data is {@code packet_id;}, counted from 0, and content. */
    DOCUMENT {
        @Override
        String start(long packet) {
            return "C," + packet + ";";
        }

        @Override
        int contentStart(long packet, ByteBuffer bytes) throws MalformedMessageException {
            for (int i = bytes.position() + Pdu.PREFIX; i < bytes.limit(); i++) {
                if (bytes.get(i) == ';') {
                    checkNumber(packet, bytes, i);
                    return i + 1;
                }
            }
            throw MalformedMessageException.malformed("packet " + packet + " has no number");
        }
    },

    /** The data is content. */
    PROGRAM {
        @Override
        String start(long packet) {
            return "C,";
        }

        @Override
        int contentStart(long packet, ByteBuffer bytes) {
            return bytes.position() + Pdu.PREFIX;
        }
    };

    abstract String start(long packet);

    abstract int contentStart(long packet, ByteBuffer bytes) throws MalformedMessageException;

    /** How many packets carry a file of that many bytes. */
    public long packets(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a file can't have " + size + " bytes");
        }
        long packets = 0;
        long rest = size;
        // All packet numbers with equally many digits leave equally much room, so that there are few steps.
        for (long end = this == PROGRAM ? Long.MAX_VALUE : 10; rest > 0; end *= 10) {
            int room = room(packets);
            long more = Math.min(end - packets, rest / room + (rest % room == 0 ? 0 : 1));
            packets += more;
            rest -= Math.min(rest, more * room);
        }
        return packets;
    }

    /** How many bytes of content that packet carries when it is full. */
    public int room(long packet) {
        return Pdu.SIZE - start(packet).length();
    }

    /** The packet of that number, counted from 0, with as much of the content as it has room for. */
    public ByteBuffer packet(long packet, ByteBuffer content) {
        byte[] start = start(packet).getBytes(StandardCharsets.US_ASCII);
        int bytes = Math.min(content.remaining(), Pdu.SIZE - start.length);
        ByteBuffer result = ByteBuffer.allocate(start.length + bytes).put(start);
        result.put(content.slice(content.position(), bytes)).flip();
        content.position(content.position() + bytes);
        return result;
    }

    /**
     * The content of the packet that lies between the buffer's position and limit, as a view of it. Numbers may be counted
     * from 1 as well.
     */
    public ByteBuffer content(long packet, ByteBuffer bytes) throws MalformedMessageException {
        int start = bytes.position();
        if (bytes.remaining() < Pdu.PREFIX || bytes.remaining() > Pdu.SIZE || bytes.get(start) != 'C'
                || bytes.get(start + 1) != ',') {
            throw MalformedMessageException.malformed("packet " + packet + " is no C PDU");
        }
        int content = contentStart(packet, bytes);
        return bytes.slice(content, bytes.limit() - content);
    }

    private static void checkNumber(long packet, ByteBuffer bytes, int end) throws MalformedMessageException {
        byte[] digits = new byte[end - bytes.position() - Pdu.PREFIX];
        bytes.get(bytes.position() + Pdu.PREFIX, digits);
        String text = new String(digits, StandardCharsets.ISO_8859_1);
        long number = MalformedMessageException.reading(() -> TransferCodec.number(text));
        if (number != packet && number != packet + 1) {
            throw MalformedMessageException.malformed("packet " + number + " came instead of packet " + packet);
        }
    }
}
