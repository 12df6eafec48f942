package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.WholeContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A plugin's connection.
 *
 * @param end ends the use of the plugin
 */
record GuardedConnection(Connection connection, Guard guard, Runnable end) implements Connection {

    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        return guard.watch("ask", () -> connection.ask(content)).map(offer -> new GuardedOffer(offer, guard));
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
