package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;
import java.nio.ByteBuffer;

/**
 * The frames of a transfer over TCP, {@value #SIZE} bytes each: the client sends a request, and the server the content in
 * frames of {@value #CONTENT} bytes, of which the last is padded with NUL, and an end; or a failure.
 */
public final class TransferCodec {

    /** The bytes of a frame. */
    public static final int SIZE = Pdu.SIZE;

    /** The bytes of content in a frame. */
    public static final int CONTENT = Pdu.DATA;

    private TransferCodec() {}

    /** The frame with which a client asks for a content, whose name may take all the {@value #CONTENT} bytes. */
    public static ByteBuffer request(String name) {
        return Pdu.of('D').put(0, checkName(name)).datagram();
    }

    /** The name of the content that a client asks for. */
    public static String requestedName(ByteBuffer frame) throws MalformedMessageException {
        Pdu pdu = whole(frame);
        if (pdu.type() != 'D') {
            throw MalformedMessageException.malformed("a transfer starts with D");
        }
        return MalformedMessageException.reading(() -> checkName(pdu.text(0, Pdu.DATA)));
    }

    /** A frame from the server. */
    public sealed interface Frame {

        /** {@code C}: {@value #CONTENT} bytes of content; in the last one, some of them may be padding. */
        record Content(ByteBuffer bytes) implements Frame {}

        /** {@code A}: that was all. */
        record End() implements Frame {}

        /** {@code E}: there is nothing to send, and why. */
        record Failed(String message) implements Frame {}
    }

    /** A frame with as much of the content as fits, padded with NUL. */
    public static ByteBuffer content(ByteBuffer content) {
        return Pdu.of('C').put(content);
    }

    /** The frame after the last content. */
    public static ByteBuffer end() {
        return Pdu.of('A').datagram();
    }

    /** The frame that says why there is nothing to send. */
    public static ByteBuffer failed(String message) {
        return Pdu.of('E').put(0, WireText.printable(message, Pdu.DATA)).datagram();
    }

    /** The server's frame in the bytes between the buffer's position and limit; both stay as they are. */
    public static Frame frame(ByteBuffer frame) throws MalformedMessageException {
        Pdu pdu = whole(frame);
        return switch (pdu.type()) {
            case 'C' -> new Frame.Content(pdu.data());
            case 'A' -> new Frame.End();
            case 'E' -> MalformedMessageException
                    .reading(() -> new Frame.Failed(WireText.printable(pdu.text(0, Pdu.DATA), Pdu.DATA)));
            default -> throw MalformedMessageException.malformed("a server sends C, A or E");
        };
    }

    private static Pdu whole(ByteBuffer frame) throws MalformedMessageException {
        if (frame.remaining() != SIZE) {
            throw MalformedMessageException.malformed("a frame has 101 bytes, not " + frame.remaining());
        }
        return Pdu.read(frame);
    }

    private static String checkName(String name) {
        return WireText.check("content name", name, 1, CONTENT);
    }
}
