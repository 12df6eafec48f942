package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.transportkit.ProtocolException;
import java.nio.ByteBuffer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** The fixed sizes and bounds of the protocol. */
final class Wire {

    static final int VERSION = 1;
    static final int PREFACE_LENGTH = 8;
    static final int REQUEST_HEADER = 7;
    static final int REPLY_HEADER = 9;
    static final int LONGEST_REQUEST_BODY = 1024;
    static final int LONGEST_READ = 16 << 20;
    static final int LONGEST_HASHES = 8 << 20;
    /** A bit for each of the pieces whose hashes fit into one reply. */
    static final int LONGEST_PIECES = LONGEST_HASHES / 32 / 8;
    static final int LONGEST_ERROR = 512;
    /** How many requests a client may have sent without having read the replies. */
    static final int REQUESTS_IN_FLIGHT = 64;

    private static final byte[] MAGIC = "swarmdx".getBytes(US_ASCII);

    private Wire() {}

    /** What each side sends first. */
    static ByteBuffer preface() {
        return ByteBuffer.allocate(PREFACE_LENGTH).put(MAGIC).put((byte) VERSION).flip();
    }

    /** The version that a preface names; consumes its 8 bytes. */
    static int versionOf(ByteBuffer preface) throws ProtocolException {
        for (byte expected : MAGIC) {
            if (preface.get() != expected) {
                throw new ProtocolException("the other side does not speak this protocol");
            }
        }
        return Byte.toUnsignedInt(preface.get());
    }
}
