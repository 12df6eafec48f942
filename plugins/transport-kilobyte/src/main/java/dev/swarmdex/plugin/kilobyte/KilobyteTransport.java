package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.Extension;

/**
 * The hosts of seed 004, which ask each other for kilobytes of files by name. Its options are {@code max-connections} and
 * {@code requests-in-flight}.
 */
@Extension
public final class KilobyteTransport implements Transport {

    static final String REQUESTS_IN_FLIGHT = "requests-in-flight";

    private static final String SCHEME = "kilobyte";
    /** Programs connect to all hosts they know and stay, until their user asks for a file. */
    private static final Duration IDLE = Duration.ofHours(1);
    /** So few that they fit into one segment: seed 004's program takes whatever one read brings for a request. */
    private static final int FEW_IN_FLIGHT = 8;
    private static final int MOST_IN_FLIGHT = 1024;

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        ServerLimits limits = ServerLimits.of(known(options));
        return serve(bind, new ServerLimits(limits.connections(), limits.request(), IDLE, limits.slice()), shelf);
    }

    static StreamServer serve(InetSocketAddress bind, ServerLimits limits, Shelf shelf) throws IOException {
        return StreamServer.start(SCHEME, bind, limits, client -> new ServedRequests(client, limits, shelf).run());
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        if (!endpoint.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("transport " + SCHEME + " does not speak to " + endpoint);
        }
        int inFlight = known(options).number(REQUESTS_IN_FLIGHT, 1, MOST_IN_FLIGHT, FEW_IN_FLIGHT);
        return new KilobyteConnection(new Pipeline(TimedChannel.connect(endpoint, timeout), timeout, inFlight));
    }

    private static Options known(Map<String, String> options) {
        return Options.of(SCHEME, options, ServerLimits.MAX_CONNECTIONS, REQUESTS_IN_FLIGHT);
    }
}
