package dev.swarmdex.plugin.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What has come over a channel and was not used yet. For one thread at a time. */
final class Input {

    private final TimedChannel channel;
    /** Between position and limit is what was not used yet. */
    private final ByteBuffer buffer;

    Input(TimedChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.buffer = buffer.limit(0);
    }

    boolean isEmpty() {
        return !buffer.hasRemaining();
    }

    /** Waits until there is at least one byte. */
    void await() throws IOException {
        if (isEmpty()) {
            buffer.clear();
            fill();
        }
    }

    /** The next bytes, exactly so many; the view is good until the next call here. */
    ByteBuffer take(int length) throws IOException {
        if (buffer.remaining() < length) {
            buffer.compact();
            while (buffer.position() < length) {
                channel.read(buffer);
            }
            buffer.flip();
        }
        return slice(length);
    }

    /** The next bytes, at least one and at most so many; the view is good until the next call here. */
    ByteBuffer takeSome(long atMost) throws IOException {
        await();
        return slice((int) Math.min(atMost, buffer.remaining()));
    }

    private void fill() throws IOException {
        try {
            channel.read(buffer);
        } finally {
            buffer.flip();
        }
    }

    private ByteBuffer slice(int length) {
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return slice;
    }
}
