package dev.swarmdex.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines of UTF-8, however the network chopped it. A line ends with LF or CRLF, which it
 * doesn't keep. For one connection and one thread.
 */
public final class LineBuffer {

    private final int longest;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    /** A buffer for lines of at most that many bytes. */
    public LineBuffer(int longest) {
        this.longest = longest;
    }

    /**
     * Takes the bytes that came, and returns the lines that they finish, none or many.
     *
     * @throws MalformedMessageException if a line is too long or no UTF-8; the connection is of no use then
     */
    public List<String> add(ByteBuffer bytes) throws MalformedMessageException {
        List<String> lines = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n') {
                lines.add(take());
            } else if (unfinished.size() < longest) {
                unfinished.write(b);
            } else {
                throw MalformedMessageException.malformed("a line is longer than " + longest + " bytes");
            }
        }
        return lines;
    }

    /** The bytes that wait for the end of their line. */
    public int unfinishedBytes() {
        return unfinished.size();
    }

    /** Takes what waits for the end of its line as if that had come. */
    public String take() throws MalformedMessageException {
        byte[] bytes = unfinished.toByteArray();
        unfinished.reset();
        String line = MalformedMessageException.reading(() -> WireText.decode(bytes));
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
