package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The usual one among the requests: a {@link Request.SearchId} for an id of our own hasher, from the beginning. It is read
 * where it lies, and answered by an {@link AnswerWriter}, so that the hundreds of thousands that an index answers in a
 * second cost no allocation. {@link RequestCodec} reads the same.
 */
public final class TreeSearch {

    static final byte[] ALGORITHM = "sha256-tree".getBytes(StandardCharsets.US_ASCII);
    static final int DIGEST = 32;

    private static final int KIND = Limits.REQUEST_HEADER;
    private static final int CURSOR = KIND + 1;
    private static final int ID = CURSOR + 2 * Long.BYTES;
    private static final int DIGEST_AT = ID + 1 + ALGORITHM.length + 1;
    private static final int LENGTH = DIGEST_AT + DIGEST;
    private static final int REQUEST_ID = 2;
    private static final int CONNECTION_ID = 6;

    private TreeSearch() {}

    /** Whether the datagram between the buffer's position and limit is such a request. */
    public static boolean isIn(ByteBuffer datagram) {
        int start = datagram.position();
        if (datagram.remaining() != LENGTH || datagram.get(start) != Limits.VERSION || datagram.get(start + 1) != 'S'
                || datagram.get(start + KIND) != RequestCodec.BY_ID || datagram.getLong(start + CURSOR) != 0
                || datagram.getLong(start + CURSOR + Long.BYTES) != 0 || datagram.get(start + ID) != ALGORITHM.length
                || datagram.get(start + DIGEST_AT - 1) != DIGEST) {
            return false;
        }
        for (int i = 0; i < ALGORITHM.length; i++) {
            if (datagram.get(start + ID + 1 + i) != ALGORITHM[i]) {
                return false;
            }
        }
        return true;
    }

    /** What the reply must repeat. */
    public static int requestId(ByteBuffer datagram) {
        return datagram.getInt(datagram.position() + REQUEST_ID);
    }

    /** The connection id. */
    public static long connectionId(ByteBuffer datagram) {
        return datagram.getLong(datagram.position() + CONNECTION_ID);
    }

    /** The index at which the digest of the content id begins. */
    public static int digest(ByteBuffer datagram) {
        return datagram.position() + DIGEST_AT;
    }
}
