package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.transportkit.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.BitSet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The header of a reply: how the request went, and how many bytes of body follow.
 *
 * @param requestId that of the request
 */
record Reply(Status status, int requestId, int bodyLength) {

    enum Status {
        /** The body is what was asked for. */
        OK('O'),
        /** As OK, but of a content that the peer is still downloading; the body is what was asked for. */
        PART('P'),
        /** The bytes are not there yet; no body. */
        LATER('L'),
        /** The content, or these hashes of it, are not offered; no body. */
        NOTHING('N'),
        /** The request is refused; the body is the reason as text. */
        ERROR('E');

        private final char letter;

        Status(char letter) {
            this.letter = letter;
        }
    }

    /** Appends the header to the buffer. */
    void write(ByteBuffer target) {
        target.put((byte) status.letter).putInt(requestId).putInt(bodyLength);
    }

    /** Reads a header of nine bytes, and checks it against the request whose turn it is. */
    static Reply parse(ByteBuffer header, int expectedId, Request request) throws ProtocolException {
        Reply reply = new Reply(status(header.get()), header.getInt(), header.getInt());
        if (reply.requestId != expectedId) {
            throw new ProtocolException("a reply to request " + reply.requestId + " instead of " + expectedId);
        }
        boolean allowed = reply.bodyLength >= 0 && switch (reply.status) {
            case OK -> request.allowsReplyOf(reply.bodyLength);
            case PART -> request.allowsPartialReplyOf(reply.bodyLength);
            case LATER -> request instanceof Request.Read && reply.bodyLength == 0;
            case NOTHING -> reply.bodyLength == 0;
            case ERROR -> reply.bodyLength <= Wire.LONGEST_ERROR;
        };
        if (!allowed) {
            throw new ProtocolException("a reply " + reply.status + " of " + reply.bodyLength + " bytes to " + request);
        }
        return reply;
    }

    /** A reply without a body. */
    static ByteBuffer nothing(int requestId) {
        return frame(Status.NOTHING, requestId, new byte[0]);
    }

    /** The answer to {@link Request.Read} of bytes that are still to come. */
    static ByteBuffer later(int requestId) {
        return frame(Status.LATER, requestId, new byte[0]);
    }

    /** The answer to {@link Request.Ask}. */
    static ByteBuffer offered(int requestId, long size, ContentId id) {
        return frame(Status.OK, requestId, offer(size, id));
    }

    /** The answer to {@link Request.Ask} for a content that is still being downloaded. */
    static ByteBuffer offeredInPart(int requestId, long size, ContentId id) {
        return frame(Status.PART, requestId, offer(size, id));
    }

    private static byte[] offer(long size, ContentId id) {
        byte[] text = id.toString().getBytes(US_ASCII);
        return ByteBuffer.allocate(Long.BYTES + text.length).putLong(size).put(text).array();
    }

    /** The answer to {@link Request.Pieces} when not all of them are there. */
    static ByteBuffer pieces(int requestId, BitSet pieces) {
        return frame(Status.PART, requestId, pieces.toByteArray());
    }

    /** The answer to {@link Request.Pieces} when all of them are there. */
    static ByteBuffer allPieces(int requestId) {
        return frame(Status.OK, requestId, new byte[0]);
    }

    /** The answer to {@link Request.Hashes}. */
    static ByteBuffer hashes(int requestId, byte[] hashes) {
        return frame(Status.OK, requestId, hashes);
    }

    /** The beginning of the answer to {@link Request.Read}; the content's bytes follow. */
    static ByteBuffer bytesFollow(int requestId, int length) {
        ByteBuffer header = ByteBuffer.allocate(Wire.REPLY_HEADER);
        new Reply(Status.OK, requestId, length).write(header);
        return header.flip();
    }

    /** A refusal with its reason, cut at the last whole character that fits. */
    static ByteBuffer error(int requestId, String reason) {
        ByteBuffer text = ByteBuffer.allocate(Wire.LONGEST_ERROR);
        UTF_8.newEncoder().encode(CharBuffer.wrap(reason), text, true);
        byte[] body = new byte[text.flip().remaining()];
        text.get(body);
        return frame(Status.ERROR, requestId, body);
    }

    private static ByteBuffer frame(Status status, int requestId, byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(Wire.REPLY_HEADER + body.length);
        new Reply(status, requestId, body.length).write(frame);
        return frame.put(body).flip();
    }

    private static Status status(byte letter) throws ProtocolException {
        for (Status status : Status.values()) {
            if (status.letter == letter) {
                return status;
            }
        }
        throw new ProtocolException("unknown status of a reply: " + letter);
    }
}
