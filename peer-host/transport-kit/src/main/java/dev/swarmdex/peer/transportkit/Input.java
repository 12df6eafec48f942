package dev.swarmdex.peer.transportkit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What has come over a channel and was not used yet, never more than its buffer holds. It waits as long as the channel
 * allows; an end where more is needed is an error that closes the channel. For one thread at a time.
 */
public final class Input {

    private final TimedChannel channel;
    /** Between position and limit is what was not used yet. */
    private final ByteBuffer buffer;

    /**
     * The input of a channel.
     *
     * @param buffer as large as the longest message that is to be taken in one piece
     */
    public Input(TimedChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.buffer = buffer.limit(0);
    }

    /** Waits for the next byte; false when the other side has closed the connection instead. */
    public boolean hasNext() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        return fill();
    }

    /** The next bytes, exactly that many; the view is good until the next call here. */
    public ByteBuffer take(int length) throws IOException {
        ByteBuffer bytes = takeUpTo(length);
        if (bytes.remaining() < length) {
            throw closed();
        }
        return bytes;
    }

    /** The next bytes, that many unless the connection ends before; the view is good until the next call here. */
    public ByteBuffer takeUpTo(int length) throws IOException {
        if (length > buffer.capacity()) {
            throw new IllegalArgumentException("the buffer holds " + buffer.capacity() + " bytes, not " + length);
        }
        boolean more = true;
        while (more && buffer.remaining() < length) {
            buffer.compact();
            more = fill();
        }
        return slice(Math.min(length, buffer.remaining()));
    }

    /** The next bytes, at least one and at most that many, as they come; the view is good until the next call here. */
    public ByteBuffer takeSome(long atMost) throws IOException {
        if (!hasNext()) {
            throw closed();
        }
        return slice((int) Math.min(atMost, buffer.remaining()));
    }

    /**
     * The next bytes, exactly that many; what follows them is left in the channel, for {@link #moveSome} to save a copy. The
     * view is good until the next call here.
     */
    public ByteBuffer takeOnly(int length) throws IOException {
        while (buffer.remaining() < length) {
            buffer.compact().limit(length);
            if (!fill()) {
                throw closed();
            }
        }
        return slice(length);
    }

    /** Moves the next bytes, at least one, into a target that has room for one; returns how many. */
    public int moveSome(ByteBuffer target) throws IOException {
        int room = target.remaining();
        if (buffer.hasRemaining()) {
            target.put(slice(Math.min(room, buffer.remaining())));
        } else if (!channel.read(target)) {
            throw closed();
        }
        return room - target.remaining();
    }

    private boolean fill() throws IOException {
        try {
            return channel.read(buffer);
        } finally {
            buffer.flip();
        }
    }

    private EOFException closed() {
        channel.close();
        return new EOFException("the other side closed the connection");
    }

    private ByteBuffer slice(int length) {
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return slice;
    }
}
