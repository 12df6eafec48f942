package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A content that the peer offered by its id. Safe for many threads. */
final class TcpOffer implements Offer {

    private final Pipeline pipeline;
    private final long size;
    private final ContentId id;
    private final boolean partial;

    TcpOffer(Pipeline pipeline, long size, ContentId id, boolean partial) {
        this.pipeline = pipeline;
        this.size = size;
        this.id = id;
        this.partial = partial;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public Optional<ContentId> id() {
        return Optional.of(id);
    }

    @Override
    public boolean ranged() {
        return true;
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) throws IOException {
        Pipeline.Turn turn = pipeline.send(new Request.Hashes(id, pieceSize));
        return pipeline.receive(turn, (status, reply) -> status == Reply.Status.NOTHING
                ? Optional.empty()
                : Optional.of(reply.body()));
    }

    @Override
    public Optional<BitSet> pieces() throws IOException {
        if (!partial) {
            return Optional.empty();
        }
        Pipeline.Turn turn = pipeline.send(new Request.Pieces(id));
        return pipeline.receive(turn, (status, reply) -> switch (status) {
            case NOTHING -> throw noLonger();
            case PART -> Optional.of(BitSet.valueOf(reply.body()));
            default -> Optional.empty();
        });
    }

    private RefusedException noLonger() {
        return new RefusedException("the peer no longer offers " + id);
    }

    @Override
    public void read(long offset, long length, Sink sink) throws IOException {
        boolean all = length == Long.MAX_VALUE;
        if (offset < 0 || length < 0 || (!all && offset > Long.MAX_VALUE - length)) {
            throw new IllegalArgumentException("not a range: " + length + " bytes from " + offset);
        }
        readRange(offset, all ? size : offset + length, reply -> reply.body(sink));
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset > Long.MAX_VALUE - target.remaining()) {
            throw new IllegalArgumentException("not a range: " + target.remaining() + " bytes from " + offset);
        }
        readRange(offset, offset + target.remaining(), reply -> reply.body(target));
    }

    /** Takes the body of a reply. */
    private interface Taking {

        void take(Receiver reply) throws IOException;
    }

    /** Splits what is too long for one request, and has the next part on its way while it reads one. */
    private void readRange(long offset, long end, Taking taking) throws IOException {
        if (offset >= end) {
            return;
        }
        Pipeline.@Nullable Turn turn = pipeline.send(part(offset, end));
        for (long at = offset; at < end; at += Wire.LONGEST_READ) {
            if (turn == null) {
                turn = pipeline.send(part(at, end));
            }
            turn = readPart(turn, at + Wire.LONGEST_READ, end, taking);
        }
    }

    /** Reads the part whose turn this is; returns the turn of the part after it if that could be sent already. */
    private Pipeline.@Nullable Turn readPart(Pipeline.Turn turn, long nextOffset, long end, Taking taking)
            throws IOException {
        Pipeline.@Nullable Turn next = null;
        boolean done = false;
        try {
            next = nextOffset < end ? pipeline.trySend(part(nextOffset, end)).orElse(null) : null;
            pipeline.receive(turn, (status, reply) -> {
                if (status == Reply.Status.NOTHING) {
                    throw noLonger();
                }
                if (status == Reply.Status.LATER) {
                    throw new RefusedException("the peer does not have these bytes yet");
                }
                taking.take(reply);
                return status;
            });
            done = true;
            return next;
        } finally {
            if (!done && next != null) {
                pipeline.abandon(next);
            }
        }
    }

    private Request part(long offset, long end) {
        return new Request.Read(id, offset, (int) Math.min(Wire.LONGEST_READ, end - offset));
    }
}
