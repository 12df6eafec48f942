package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.peer.transportkit.WholeOffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Asks a mini-server for a file. It can't be asked whether it has one, nor how large that is: it gets the path when the
 * file is read, and sends bytes until it closes the connection. So every path is offered, and one that the mini-server
 * does not know reads like an empty file. Whoever knows the size from elsewhere reads that many bytes, and hears of fewer
 * or more as an IOException.
 *
 * @param timeout the longest to wait for the peer's next byte
 */
record Question(Duration timeout) implements ConnectionPerTransfer.Question {

    private static final int BUFFER = 1 << 18;

    @Override
    public Optional<? extends Offer> ask(TimedChannel channel, String path) {
        return Optional.of(new WholeOffer(channel, OptionalLong.empty(), 0, sink -> receive(channel, path, sink)));
    }

    private void receive(TimedChannel channel, String path, Offer.Sink sink) throws IOException {
        channel.allow(timeout);
        channel.write(ByteBuffer.wrap(path.getBytes(UTF_8)));
        Input input = new Input(channel, ByteBuffer.allocate(BUFFER));
        while (hasNext(channel, input)) {
            sink.accept(input.takeSome(BUFFER));
        }
    }

    private boolean hasNext(TimedChannel channel, Input input) throws IOException {
        channel.allow(timeout);
        boolean more = input.hasNext();
        channel.allowForever();
        return more;
    }
}
