package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A content that comes as a whole, once, over a connection of its own, which is closed afterwards. Whoever reads it gets
 * as much as was asked for, or an IOException. Safe for many threads, of which one can read.
 */
public final class WholeOffer implements Offer {

    private final TimedChannel channel;
    private final OptionalLong size;
    private final int padding;
    private final Transfer transfer;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** How a protocol receives a content. */
    @FunctionalInterface
    public interface Transfer {

        /** Receives all that comes, as chunks of any length, until the protocol says that it was all. */
        void receive(Sink sink) throws IOException;
    }

    /**
     * An offer.
     *
     * @param channel on which the transfer is to come
     * @param size where the protocol states it
     * @param padding as in {@link Offer#padding}
     */
    public WholeOffer(TimedChannel channel, OptionalLong size, int padding, Transfer transfer) {
        this.channel = channel;
        this.size = size;
        this.padding = padding;
        this.transfer = transfer;
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public int padding() {
        return padding;
    }

    @Override
    public Optional<ContentId> id() {
        return Optional.empty();
    }

    @Override
    public boolean ranged() {
        return false;
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) {
        return Optional.empty();
    }

    @Override
    public void read(long offset, long length, Sink sink) throws IOException {
        if (offset != 0 || length < 0) {
            throw new IllegalArgumentException("only the whole content can be read, not " + length + " bytes from "
                    + offset);
        }
        if (!begun.compareAndSet(false, true)) {
            throw new IOException("this offer was used up; ask for the content again");
        }
        try (channel) {
            long expected = length == Long.MAX_VALUE ? size.orElse(length) : length;
            Delivery delivery = new Delivery(sink, expected, padding);
            transfer.receive(delivery);
            delivery.finish();
        }
    }
}
