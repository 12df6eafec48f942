package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's connection offers.
 *
 * @param hashing the longest that the piece hashes may take
 */
record GuardedOffer(Offer offer, Guard guard, Duration hashing) implements Offer {

    @Override
    public OptionalLong size() {
        return value("size", offer::size);
    }

    @Override
    public Optional<ContentId> id() {
        return value("id", offer::id);
    }

    @Override
    public boolean ranged() {
        return value("ranged", offer::ranged);
    }

    @Override
    public int padding() {
        return value("padding", offer::padding);
    }

    private <T> T value(String method, Guard.Call<T> call) {
        try {
            return guard.watch(method, call);
        } catch (IOException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    @Override
    public Optional<byte[]> pieceHashes(int pieceSize) throws IOException {
        return guard.askWithin(hashing, "pieceHashes", () -> offer.pieceHashes(pieceSize));
    }

    @Override
    public Optional<BitSet> pieces() throws IOException {
        return guard.watch("pieces", offer::pieces);
    }

    @Override
    @SuppressWarnings("CatchThrowable") // see Guard
    public void read(long offset, long length, Sink sink) throws IOException {
        HostSink host = new HostSink(sink);
        try {
            offer.read(offset, length, host);
            guard.conduct().succeeded();
        } catch (IOException peerFailed) {
            throw peerFailed;
        } catch (Throwable thrown) {
            if (thrown instanceof RuntimeException ours && thrown.equals(host.thrown)) {
                throw ours;
            }
            throw guard.conduct().failed(guard.label() + ": read", thrown);
        }
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteBuffer room = guard.watch("read", () -> {
            ByteBuffer slice = target.slice();
            offer.read(offset, slice);
            return slice;
        });
        if (room.hasRemaining()) {
            throw new IOException("it sends less than was asked for");
        }
        target.position(target.limit());
    }

    /** The host's own sink; what it throws is not the plugin's fault. */
    private static final class HostSink implements Sink {

        private final Sink sink;
        private @Nullable RuntimeException thrown;

        private HostSink(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(ByteBuffer chunk) throws IOException {
            try {
                sink.accept(chunk);
            } catch (RuntimeException failure) {
                thrown = failure;
                throw failure;
            }
        }
    }
}
