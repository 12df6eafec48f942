package dev.swarmdex.peer.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A content as one connected peer offers it; usable while its connection is open, by many threads at once. Nothing a
 * peer says here is verified: the host does that. What reads from the peer blocks, within the connection's timeout for the
 * next byte, until its thread is interrupted or the connection is closed; the rest answers at once.
 */
public interface Offer {

    /** The content's size in bytes, 0 or more, where the protocol states it before the transfer. */
    OptionalLong size();

    /**
     * How many zero bytes may follow the content in a read of all that comes, because the protocol sends full frames and
     * tells no size. A read of the content's exact length leaves them out, so whoever knows the size from elsewhere asks
     * for that much; whoever does not keeps them, and can't tell them from the content's own.
     */
    default int padding() {
        return 0;
    }

    /** The content id that the peer claims, where the protocol carries it. */
    Optional<ContentId> id();

    /**
     * Whether {@link #read} can start anywhere; if not, only the whole content can be read, once, from 0: as many bytes as
     * its size, or {@link Long#MAX_VALUE} of them where that is unknown.
     */
    boolean ranged();

    /**
     * The digests of the content's pieces, one after the other, unverified; empty where the protocol or the peer has
     * none.
     *
     * @param pieceSize in bytes, a power of two as {@link PieceSize} tells it; the result has
     *        {@code ceil(size / pieceSize)} digests, or it is no use to the host: more than that is not even to be read
     * @throws IOException when the peer fails, or sends what can't be that
     */
    Optional<byte[]> pieceHashes(int pieceSize) throws IOException;

    /**
     * Reads part of the content and hands it over in order, in chunks as they come, on the calling thread. Several
     * threads may read at once; their requests then share the connection. The sink holds up the others on it: copy or
     * write there, and do what takes longer afterwards.
     *
     * @param offset of the first byte, 0 or more
     * @param length in bytes, 0 or more; {@link Long#MAX_VALUE} for all that comes, where the size is unknown
     * @throws IOException when the peer fails, refuses, or sends less or other than was asked; what the sink throws
     *         passes through, and leaves the connection usable for others if it can
     */
    void read(long offset, long length, Sink sink) throws IOException;

    /**
     * Reads as many bytes as the target has room for, as the other read does, but straight into the target where the
     * transport can do that; it is full afterwards.
     *
     * @param offset of the first byte, 0 or more
     * @param target the host's until this is called and again once it returns; its position and limit are meant
     * @throws IOException as the other read does
     */
    default void read(long offset, ByteBuffer target) throws IOException {
        read(offset, target.remaining(), chunk -> {
            if (chunk.remaining() > target.remaining()) {
                throw new IOException("it sends more than was asked for");
            }
            target.put(chunk);
        });
        if (target.hasRemaining()) {
            throw new IOException("it sends less than was asked for");
        }
    }

    /**
     * The pieces that the peer has at this moment, counted from 0 in the size that {@link PieceSize#of} tells, in a new
     * set; empty when it has the whole content, as most have. A peer that is still downloading has more each time it is
     * asked. Blocks until the peer answers, as {@link #pieceHashes} does; what it says is not verified.
     *
     * @throws IOException when the peer fails or refuses
     */
    default Optional<BitSet> pieces() throws IOException {
        return Optional.empty();
    }

    /** Takes the bytes of one read. */
    @FunctionalInterface
    interface Sink {

        /** Consumes all remaining bytes of the chunk, which is the transport's again once this returns. */
        void accept(ByteBuffer chunk) throws IOException;
    }
}
