package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.Delivery;
import dev.swarmdex.peer.transportkit.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** A file that the peer says it has. Safe for many threads. */
final class KilobyteOffer implements Offer {

    /** So many portions are fetched in one turn on the connection, then others may have theirs. */
    private static final int TURN = 1024;

    private final Pipeline pipeline;
    private final String name;
    private final long size;

    KilobyteOffer(Pipeline pipeline, String name, long size) {
        this.pipeline = pipeline;
        this.name = name;
        this.size = size;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public Optional<ContentId> id() {
        return Optional.empty();
    }

    @Override
    public boolean ranged() {
        return true;
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return Optional.empty();
    }

    /** Fetches the portions that the range touches, and hands over what of them is in it. */
    @Override
    public void read(long offset, long length, Sink sink) throws IOException {
        boolean all = length == Long.MAX_VALUE;
        if (offset < 0 || length < 0 || (!all && offset > Long.MAX_VALUE - length)) {
            throw new IllegalArgumentException("not a range: " + length + " bytes from " + offset);
        }
        long end = all ? Math.max(offset, size) : offset + length;
        if (end > size) {
            throw new RefusedException("the content has only " + size + " bytes");
        }
        Delivery delivery = new Delivery(sink, end - offset, 0);
        long last = Portions.count(end);
        for (long first = offset / Portions.SIZE; first < last; first += TURN) {
            pipeline.exchange(first, Math.min(last, first + TURN), portion -> Request.portion(name, portion),
                    (portion, reply) -> delivery.accept(within(offset, end, portion, data(portion, reply))));
        }
        delivery.finish();
    }

    private ByteBuffer data(long portion, Reply reply) throws IOException {
        if (!reply.hasFile()) {
            throw new RefusedException("the peer no longer offers " + name);
        }
        if (reply.fileSize() != size || reply.outOfRange() || !reply.data().hasRemaining()) {
            throw new RefusedException("the peer's " + name + " has changed: portion " + portion + " of " + size
                    + " bytes came as " + reply.data().remaining() + " bytes of " + reply.fileSize());
        }
        return reply.data();
    }

    private static ByteBuffer within(long offset, long end, long portion, ByteBuffer data) {
        long start = portion * Portions.SIZE;
        int from = (int) Math.max(0, offset - start);
        int to = (int) Math.min(data.remaining(), end - start);
        return data.slice(data.position() + from, to - from);
    }
}
