package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.rate.RateLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * Takes what comes no faster than a limit allows.
 *
 * @param givenUp whether nobody wants the bytes any more, so that there is nothing to wait for
 */
record LimitedSink(RateLimit limit, BooleanSupplier givenUp, Offer.Sink sink) implements Offer.Sink {

    @Override
    public void accept(ByteBuffer chunk) throws IOException {
        if (givenUp.getAsBoolean()) {
            throw new IOException("the transfer was ended");
        }
        if (limit.isUnlimited()) {
            sink.accept(chunk);
        }
        while (chunk.hasRemaining()) {
            int length = Math.min(limit.slice(), chunk.remaining());
            if (!limit.await(length, givenUp)) {
                throw new IOException("the transfer was ended");
            }
            sink.accept(chunk.slice(chunk.position(), length));
            chunk.position(chunk.position() + length);
        }
    }
}
