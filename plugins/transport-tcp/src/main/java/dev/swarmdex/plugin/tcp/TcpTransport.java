package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/** Swarmdex's own transport over TCP; the one option of its server is {@code max-connections}. */
@Extension
public final class TcpTransport implements Transport {

    private static final String SCHEME = "tcp";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return serve(bind, limits(options), shelf);
    }

    static StreamServer serve(InetSocketAddress bind, ServerLimits limits, Shelf shelf) throws IOException {
        return StreamServer.start(SCHEME, bind, limits, client -> new ServedConnection(client, limits, shelf).run());
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        if (!endpoint.scheme().equals(scheme())) {
            throw new IllegalArgumentException("transport tcp does not speak to " + endpoint);
        }
        limits(options);
        return TcpConnection.open(endpoint, timeout);
    }

    private static ServerLimits limits(Map<String, String> options) {
        return ServerLimits.of(Options.of(SCHEME, options, ServerLimits.MAX_CONNECTIONS));
    }
}
