package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.WholeContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A plugin's connection.
 *
 * @param timeout that it was made with
 * @param end ends the use of the plugin
 */
record GuardedConnection(Connection connection, Guard guard, Duration timeout, Runnable end) implements Connection {

    /** Some connect only now, and then wait for the answer; others send it in small pieces, each within the timeout. */
    private static final int TIMEOUTS_TO_ANSWER = 3;
    /** Piece hashes are some ten thousand bytes, which may come over a line that many share. */
    private static final int TIMEOUTS_FOR_HASHES = 6;

    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        return guard.askWithin(timeout.multipliedBy(TIMEOUTS_TO_ANSWER), "ask", () -> connection.ask(content))
                .map(offer -> new GuardedOffer(offer, guard, timeout.multipliedBy(TIMEOUTS_FOR_HASHES)));
    }

    @Override
    public BitSet readWhole(List<WholeContent> contents, ByteBuffer target) throws IOException {
        ByteBuffer room = target.slice();
        return guard.watch("readWhole", () -> connection.readWhole(contents, room));
    }

    @Override
    public void close() {
        guard.close(GuardedTransport.AT_ONCE, "close", connection::close);
        end.run();
    }
}
