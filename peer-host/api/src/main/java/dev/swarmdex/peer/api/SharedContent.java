package dev.swarmdex.peer.api;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * A content that this host offers; transports get it from the {@link Shelf} and send it. Safe for many threads; needs no
 * closing, and should not be kept longer than a request: the file may change, and this then throws.
 */
public interface SharedContent {

    /** The name under which the content is offered, with {@code /} between folders. */
    String name();

    /** The content's id. */
    ContentId id();

    /** The content's size in bytes. */
    long size();

    /**
     * The digests of its pieces, one after the other, in a new array; empty for a piece size that is not at hand. At hand is
     * the one that {@link PieceSize#of} tells for the size. Does not block.
     */
    Optional<byte[]> pieceHashes(int pieceSize);

    /**
     * Sends exactly {@code length} bytes from {@code offset} to a blocking channel, in the kernel where possible.
     *
     * <p>For those who implement it: on a virtual thread the JDK makes a socket non-blocking beneath the blocking
     * channel, and {@code FileChannel.transferTo} then answers 0 while the socket is full. To wait instead of spinning,
     * write the next few bytes with {@link WritableByteChannel#write}, which parks, and go on with {@code transferTo}.
     *
     * @throws IOException when the range is not inside the content, the file is gone or no longer the one that was
     *         hashed, or the channel fails; then part of the bytes may have been sent
     */
    void transferTo(long offset, long length, WritableByteChannel target) throws IOException;

    /**
     * Reads bytes that go no further than this machine, to digest them say: as {@link #transferTo}, but they count as no upload
     * and wait for no limit.
     *
     * @throws IOException as {@link #transferTo} does
     */
    default void read(long offset, long length, WritableByteChannel target) throws IOException {
        transferTo(offset, length, target);
    }
}
