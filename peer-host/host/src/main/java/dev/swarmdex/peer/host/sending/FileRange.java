package dev.swarmdex.peer.host.sending;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Sends ranges of open files, in the kernel where possible. */
public final class FileRange {

    /** What is sent at once where the kernel can't wait for the reader, in bytes. */
    private static final int LITTLE = 16 << 10;

    private FileRange() {}

    /**
     * Sends the bytes from a position up to another one.
     *
     * @throws EOFException when the file ends before
     */
    public static void send(FileChannel file, long from, long to, WritableByteChannel target) throws IOException {
        for (long position = from; position < to;) {
            long sent = file.transferTo(position, to - position, target);
            position += sent > 0 ? sent : waitAndSend(file, position, to, target);
        }
    }

    /**
     * Sends a little by an ordinary write. On a virtual thread a blocking socket does not block in the kernel, so that
     * {@code transferTo} sends nothing when the reader is slower than the sender; a write waits until there is room.
     */
    private static int waitAndSend(FileChannel file, long position, long to, WritableByteChannel target)
            throws IOException {
        ByteBuffer little = ByteBuffer.allocate((int) Math.min(LITTLE, to - position));
        if (file.read(little, position) <= 0) {
            throw new EOFException("the file ended at " + position);
        }
        int length = little.flip().remaining();
        while (little.hasRemaining()) {
            target.write(little);
        }
        return length;
    }
}
