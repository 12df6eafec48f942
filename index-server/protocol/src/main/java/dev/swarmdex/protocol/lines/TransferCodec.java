package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.WireText;

/**
 * The one message of a transfer over TCP: the client sends a path of at most {@link FilePath#LONGEST} bytes without any
 * framing; the mini-server answers with the file's bytes and closes.
 */
public final class TransferCodec {

    private TransferCodec() {}

    /** The path that a client wants, in what it sent; a newline at its end is dropped. */
    public static String requestedPath(byte[] bytes) throws MalformedMessageException {
        return MalformedMessageException.reading(() -> {
            String text = WireText.decode(bytes);
            return WireText.check("a path", text.endsWith("\n") ? text.stripTrailing() : text, 1, FilePath.LONGEST);
        });
    }
}
