package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/** Swarmdex's own transport over TCP; the one option of its server is {@code max-connections}. */
@Extension
public final class TcpTransport implements Transport {

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return TcpServer.start(bind, ServerLimits.of(options), shelf);
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        if (!endpoint.scheme().equals(scheme())) {
            throw new IllegalArgumentException("transport tcp does not speak to " + endpoint);
        }
        ServerLimits.of(options);
        return TcpConnection.open(endpoint, timeout);
    }
}
