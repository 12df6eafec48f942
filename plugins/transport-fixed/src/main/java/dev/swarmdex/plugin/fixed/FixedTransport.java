package dev.swarmdex.plugin.fixed;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import dev.swarmdex.protocol.fixed.ShortName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/** The transfers of seed 001; the one option of its server is {@code max-connections}. */
@Extension
public final class FixedTransport implements Transport {

    private static final String SCHEME = "fixed";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return serve(bind, limits(options), shelf);
    }

    static StreamServer serve(InetSocketAddress bind, ServerLimits limits, Shelf shelf) throws IOException {
        return StreamServer.start(SCHEME, bind, limits, client -> new Sending(client, limits, shelf).run());
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) {
        if (!endpoint.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("transport fixed does not speak to " + endpoint);
        }
        limits(options);
        return new ConnectionPerTransfer(endpoint, timeout, FixedTransport::isShortName,
                (channel, name) -> new Receiving(channel, timeout).ask(name));
    }

    private static ServerLimits limits(Map<String, String> options) {
        return ServerLimits.of(Options.of(SCHEME, options, ServerLimits.MAX_CONNECTIONS));
    }

    private static boolean isShortName(String name) {
        try {
            ShortName.check("content name", name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
