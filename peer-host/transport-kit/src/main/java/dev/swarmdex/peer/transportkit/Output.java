package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What goes out over a channel, in slices that the other side has to accept in time each, so that one that takes nothing is
 * noticed and a long transfer is not cut off. The slower they go, be it for the other side or for a limit of this one, the
 * smaller the slices are. For one thread at a time.
 */
public final class Output {

    private static final int SMALLEST_SLICE = 4 << 10;
    private static final int FIRST_SLICE = 16 << 10;
    private static final int LARGEST_SLICE = 1 << 20;
    /** Slices get smaller when one takes more of the time than one part in so many, and larger when it takes much less. */
    private static final int SLOW = 8;
    private static final int FAST = 32;

    private final TimedChannel channel;
    private final Duration limit;
    private int slice = FIRST_SLICE;

    /**
     * The output of a channel.
     *
     * @param limit the longest that a slice may take: 4 KiB at least
     */
    public Output(TimedChannel channel, Duration limit) {
        this.channel = channel;
        this.limit = limit;
    }

    /** Sends all that remains. */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer next = bytes.slice(bytes.position(), Math.min(slice, bytes.remaining()));
            bytes.position(bytes.position() + next.remaining());
            inTime(() -> channel.write(next));
        }
    }

    /**
     * Sends that part of a content, in the kernel where possible. When it fails, part of it may be out: there is no way
     * left to say sorry but to close the channel.
     */
    public void write(SharedContent content, long offset, long length) throws IOException {
        for (long at = offset; at < offset + length;) {
            long from = at;
            long next = Math.min(slice, offset + length - at);
            inTime(() -> content.transferTo(from, next, channel.socket()));
            at += next;
        }
    }

    /** Sends a slice. What comes before the next one is not the other side's doing. */
    private void inTime(Sending sending) throws IOException {
        long start = System.nanoTime();
        channel.allow(limit);
        sending.send();
        channel.allowForever();
        long took = System.nanoTime() - start;
        if (took > limit.toNanos() / SLOW) {
            slice = Math.max(SMALLEST_SLICE, slice / 2);
        } else if (took < limit.toNanos() / FAST) {
            slice = Math.min(LARGEST_SLICE, slice * 2);
        }
    }

    @FunctionalInterface
    private interface Sending {

        void send() throws IOException;
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
