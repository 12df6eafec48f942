package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Server;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A plugin's server.
 *
 * @param end ends the use of the plugin
 */
record GuardedServer(Server server, Guard guard, Runnable end) implements Server {

    @Override
    public InetSocketAddress address() {
        try {
            return guard.watch("address", server::address);
        } catch (IOException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    @Override
    public void stopListening() {
        guard.close(GuardedTransport.AT_ONCE, "stopListening", server::stopListening);
    }

    @Override
    public void close() {
        guard.close(GuardedTransport.AT_ONCE, "close", server::close);
        end.run();
    }
}
