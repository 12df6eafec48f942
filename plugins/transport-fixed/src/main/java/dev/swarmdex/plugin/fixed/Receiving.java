package dev.swarmdex.plugin.fixed;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.RefusedException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.peer.transportkit.WholeOffer;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.fixed.TransferCodec;
import dev.swarmdex.protocol.fixed.TransferCodec.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The fetching of one file from a peer. */
final class Receiving {

    private static final int BUFFER = 64 << 10;
    private static final int PADDING = TransferCodec.CONTENT - 1;

    private final TimedChannel channel;
    private final Duration timeout;
    private final Input input;

    Receiving(TimedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
        this.input = new Input(channel, ByteBuffer.allocate(BUFFER));
    }

    /** The offer of a file, which the peer has begun to send: its first frame tells that from a failure. */
    Optional<WholeOffer> ask(String name) throws IOException {
        channel.allow(timeout);
        channel.write(TransferCodec.request(name));
        Frame first = next();
        return first instanceof Frame.Failed
                ? Optional.empty()
                : Optional.of(new WholeOffer(channel, OptionalLong.empty(), PADDING, sink -> receive(first, sink)));
    }

    private void receive(Frame first, Offer.Sink sink) throws IOException {
        Frame frame = first;
        while (frame instanceof Frame.Content(ByteBuffer bytes)) {
            sink.accept(bytes);
            frame = next();
        }
        if (frame instanceof Frame.Failed(String message)) {
            throw new RefusedException("the peer gave up: " + message);
        }
    }

    private Frame next() throws IOException {
        channel.allow(timeout);
        ByteBuffer frame = input.take(TransferCodec.SIZE);
        channel.allowForever();
        try {
            return TransferCodec.frame(frame);
        } catch (MalformedMessageException e) {
            throw new ProtocolException("the peer does not speak this protocol: " + e.getMessage(), e);
        }
    }
}
