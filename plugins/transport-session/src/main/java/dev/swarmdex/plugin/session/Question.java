package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.peer.transportkit.WholeOffer;
import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.session.TransferCodec;
import dev.swarmdex.protocol.session.TransferCodec.Offer.Specs;
import dev.swarmdex.protocol.session.TransferCodec.Offer.Unavailable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Asks a peer for a file: sends its name, and reads what is said about it.
 *
 * @param timeout the longest to wait for the peer's next byte
 */
record Question(Duration timeout) implements ConnectionPerTransfer.Question {

    private static final int BUFFER = 1 << 18;

    @Override
    public Optional<? extends Offer> ask(TimedChannel channel, String name) throws IOException {
        channel.allow(timeout);
        channel.write(ByteBuffer.wrap(name.getBytes(UTF_8)));
        ByteBuffer received = ByteBuffer.allocate(BUFFER).limit(0);
        return switch (answer(channel, received)) {
            case Unavailable _ -> {
                say(channel, TransferCodec.ERROR_RECEIVED);
                yield Optional.empty();
            }
            case Specs specs -> {
                channel.allowForever();
                yield Optional.of(new WholeOffer(channel, OptionalLong.of(specs.size()), 0,
                        new FileTransfer(channel, timeout, specs, received)::receive));
            }
        };
    }

    private TransferCodec.Offer answer(TimedChannel channel, ByteBuffer received) throws IOException {
        while (true) {
            Optional<TransferCodec.Offer> answer = decode(received);
            if (answer.isPresent()) {
                return answer.get();
            }
            received.compact();
            channel.allow(timeout);
            boolean more = channel.read(received);
            received.flip();
            if (!more) {
                throw new EOFException("the peer closed the connection instead of an answer");
            }
        }
    }

    private static Optional<TransferCodec.Offer> decode(ByteBuffer received) throws ProtocolException {
        try {
            return TransferCodec.offer(received);
        } catch (MalformedMessageException e) {
            throw new ProtocolException("the peer does not speak this protocol: " + e.getMessage(), e);
        }
    }

    static void say(TimedChannel channel, String words) throws IOException {
        channel.write(ByteBuffer.wrap(words.getBytes(UTF_8)));
    }
}
