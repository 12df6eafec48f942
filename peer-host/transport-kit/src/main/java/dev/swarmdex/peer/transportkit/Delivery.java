package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Hands on exactly the bytes that were asked for, in chunks that are worth a write each, and refuses whatever else comes.
 * For one thread.
 */
public final class Delivery implements Offer.Sink {

    private static final int WORTHWHILE = 64 << 10;

    private final Offer.Sink sink;
    private final long expected;
    private final int padding;
    private final ByteBuffer gathered = ByteBuffer.allocate(WORTHWHILE);
    private long received;

    /**
     * A delivery.
     *
     * @param expected how many bytes; {@link Long#MAX_VALUE} for all that come
     * @param padding how many zero bytes may follow them
     */
    public Delivery(Offer.Sink sink, long expected, int padding) {
        this.sink = sink;
        this.expected = expected;
        this.padding = padding;
    }

    @Override
    public void accept(ByteBuffer chunk) throws IOException {
        long before = received;
        received += chunk.remaining();
        int wanted = Math.clamp(expected - before, 0, chunk.remaining());
        checkPadding(chunk.slice(chunk.position() + wanted, chunk.remaining() - wanted));
        handOn(chunk.slice(chunk.position(), wanted));
        chunk.position(chunk.limit());
    }

    private void checkPadding(ByteBuffer behind) throws ProtocolException {
        if (behind.hasRemaining() && received - expected > padding) {
            throw new ProtocolException("the peer sends more than the " + expected + " bytes that were asked for");
        }
        while (behind.hasRemaining()) {
            if (behind.get() != 0) {
                throw new ProtocolException("the peer sends something else behind the " + expected + " bytes that were"
                        + " asked for");
            }
        }
    }

    private void handOn(ByteBuffer chunk) throws IOException {
        if (chunk.remaining() > gathered.remaining()) {
            flush();
        }
        if (chunk.remaining() >= WORTHWHILE) {
            sink.accept(chunk);
        } else {
            gathered.put(chunk);
        }
    }

    private void flush() throws IOException {
        gathered.flip();
        if (gathered.hasRemaining()) {
            sink.accept(gathered);
        }
        gathered.clear();
    }

    /** Hands on the rest, once all has come. */
    public void finish() throws IOException {
        if (expected != Long.MAX_VALUE && received < expected) {
            throw new ProtocolException(
                    "the peer sent only " + received + " of the " + expected + " bytes that were asked for");
        }
        flush();
    }
}
