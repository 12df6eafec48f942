package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.LineBuffer;
import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what a program sends into messages. The seed's programs have no framing: they write a message at once, in chunks of
 * 1024 bytes, so that what is read is a message, unless it ends with a full chunk. A person with netcat ends messages with
 * a newline; whoever has done so once is taken to do so always. For one connection and one thread.
 */
public final class MessageBuffer {

    /** The most bytes of a message: room for some thousands of names. */
    public static final int LONGEST = 1 << 18;

    private static final int CHUNK = 1024;

    private final LineBuffer lines = new LineBuffer(LONGEST);
    private boolean newlines;

    /**
     * Takes the bytes of one read, and returns the messages that they finish.
     *
     * @throws MalformedMessageException if a message is too long or no UTF-8; the connection is of no use then
     */
    public List<String> add(ByteBuffer read) throws MalformedMessageException {
        List<String> messages = lines.add(read);
        newlines |= !messages.isEmpty();
        if (!newlines && lines.unfinishedBytes() % CHUNK != 0) {
            messages.add(lines.take());
        }
        return messages;
    }

    /** Takes the message that ends with a full chunk, if there is one: when nothing more has come for a moment. */
    public Optional<String> flush() throws MalformedMessageException {
        return newlines || lines.unfinishedBytes() == 0 ? Optional.empty() : Optional.of(lines.take());
    }
}
