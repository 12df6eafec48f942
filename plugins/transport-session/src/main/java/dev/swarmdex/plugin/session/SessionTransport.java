package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/** The peers of seed 002, which send whole files by name, after their size and MD5; the one option is {@code max-connections}. */
@Extension
public final class SessionTransport implements Transport {

    private static final String SCHEME = "session";

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return serve(bind, limits(options), shelf);
    }

    static StreamServer serve(InetSocketAddress bind, ServerLimits limits, Shelf shelf) throws IOException {
        Md5Cache digests = new Md5Cache();
        return StreamServer.start(SCHEME, bind, limits,
                client -> new ServedTransfer(client, limits, shelf, digests).run());
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) {
        if (!endpoint.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("transport " + SCHEME + " does not speak to " + endpoint);
        }
        limits(options);
        // any name that the api allows is short enough
        return new ConnectionPerTransfer(endpoint, timeout, _ -> true, new Question(timeout));
    }

    private static ServerLimits limits(Map<String, String> options) {
        return ServerLimits.of(Options.of(SCHEME, options, ServerLimits.MAX_CONNECTIONS));
    }
}
