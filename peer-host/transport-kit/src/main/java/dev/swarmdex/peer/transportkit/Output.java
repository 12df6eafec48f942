package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What goes out over a channel, in slices of 1 MiB that the other side has to accept in time each, so that a slow one is
 * noticed and a long transfer is not cut off. For one thread at a time.
 */
public final class Output {

    private static final int SLICE = 1 << 20;

    private final TimedChannel channel;
    private final Duration limit;

    /**
     * The output of a channel.
     *
     * @param limit the longest that a slice may take
     */
    public Output(TimedChannel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** Sends all that remains. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.allow(limit);
            ByteBuffer slice = bytes.slice(bytes.position(), Math.min(SLICE, bytes.remaining()));
            bytes.position(bytes.position() + slice.remaining());
            channel.write(slice);
        }
    }

    /**
     * Sends that part of a content, in the kernel where possible. When it fails, part of it may be out: there is no way
     * left to say sorry but to close the channel.
     */
    public void write(SharedContent content, long offset, long length) throws IOException {
        for (long sent = 0; sent < length; sent += SLICE) {
            channel.allow(limit);
            content.transferTo(offset + sent, Math.min(SLICE, length - sent), channel.socket());
        }
    }

    /**
     * Tells the other side that this was all, and waits for it to leave. To close with something unread, a newline say,
     * would make the kernel throw away what is still on its way.
     */
    public void end() throws IOException {
        channel.allow(limit);
        channel.endOutput();
        ByteBuffer unread = ByteBuffer.allocate(1024);
        while (channel.read(unread)) {
            unread.clear();
        }
    }
}
