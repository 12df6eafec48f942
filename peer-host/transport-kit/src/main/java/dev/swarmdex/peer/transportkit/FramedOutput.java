package dev.swarmdex.peer.transportkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;

/**
 * Where a content can be written to go out in frames, all of them full but the last. Small frames are sent many at a time,
 * unless the content comes so slowly that the other side would wait for them. For one thread at a time.
 */
public final class FramedOutput implements WritableByteChannel {

    private static final int GATHERED = 64 << 10;
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

    private final Output output;
    private final Framing framing;
    /** Content that is in no frame yet. */
    private final ByteBuffer content = ByteBuffer.allocate(GATHERED);
    /** Frames that are not sent yet. */
    private final ByteBuffer frames = ByteBuffer.allocate(GATHERED);
    private long number;
    private long lastFlush = System.nanoTime();

    /** How a protocol puts content into frames. */
    public interface Framing {

        /** How many bytes of content a full frame holds; at most 32 KiB. */
        int room(long number);

        /** The frame of that number, counted from 0, with as much of the content as it has room for. */
        ByteBuffer frame(long number, ByteBuffer content);
    }

    /** What goes out over that output in those frames. */
    public FramedOutput(Output output, Framing framing) {
        this.output = output;
        this.framing = framing;
    }

    /** Takes all that remains. */
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            ByteBuffer some = bytes.slice(bytes.position(), Math.min(bytes.remaining(), content.remaining()));
            bytes.position(bytes.position() + some.remaining());
            content.put(some).flip();
            while (content.remaining() >= framing.room(number)) {
                frame();
            }
            content.compact();
        }
        if (System.nanoTime() - lastFlush > LONGEST_SILENCE) {
            flush();
        }
        return length;
    }

    /** Sends all that is left; the last frame may not be full. */
    public void finish() throws IOException {
        content.flip();
        while (content.hasRemaining()) {
            frame();
        }
        content.clear();
        flush();
    }

    private void frame() throws IOException {
        ByteBuffer frame = framing.frame(number, content);
        number++;
        if (frame.remaining() > frames.remaining()) {
            flush();
        }
        frames.put(frame);
    }

    private void flush() throws IOException {
        output.write(frames.flip());
        frames.clear();
        lastFlush = System.nanoTime();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Does nothing: what is left goes out with {@link #finish} only, so that a content that fails gets no last frame. */
    @Override
    public void close() {
        // the channel beneath belongs to others
    }
}
