package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException.Fault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The six bytes that every datagram of every version of the protocol starts with. */
record Header(int version, char type, int requestId) {

    /** Versions above are not expected in the life of the protocol, so the byte tells it from others' datagrams. */
    private static final int LAST_VERSION = 15;

    /** Reads the header of a datagram of at least that many bytes, and leaves the position behind it. */
    static Header read(ByteBuffer datagram, int minimumSize) throws MalformedPacketException {
        int size = datagram.remaining();
        if (size < minimumSize) {
            throw foreign("a datagram of " + size + " bytes is too short for the header");
        }
        Header header = new Header(Byte.toUnsignedInt(datagram.get()), (char) Byte.toUnsignedInt(datagram.get()),
                datagram.getInt());
        if (header.version < 1 || header.version > LAST_VERSION || header.type < 'A' || header.type > 'Z') {
            throw foreign("the datagram does not start with a version and a type");
        }
        if (header.version != Limits.VERSION) {
            throw new MalformedPacketException(Fault.VERSION, header.requestId,
                    "version " + header.version + " is not spoken here, use version " + Limits.VERSION);
        }
        if (size > Limits.DATAGRAM) {
            throw header.malformed("a datagram of " + size + " bytes is too long, the most is " + Limits.DATAGRAM);
        }
        return header;
    }

    void write(PacketWriter out) {
        out.u8(version);
        out.u8(type);
        out.u32(requestId);
    }

    /** Reads the rest of the message, and turns what the reader and the messages' constructors throw into one exception. */
    <T> T read(Supplier<T> body) throws MalformedPacketException {
        try {
            return body.get();
        } catch (BufferUnderflowException e) {
            throw malformed("the datagram ends in the middle of " + type);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    static MalformedPacketException foreign(String message) {
        return new MalformedPacketException(Fault.FOREIGN, 0, message);
    }

    private MalformedPacketException malformed(String message) {
        return new MalformedPacketException(Fault.MALFORMED, requestId, message);
    }
}
