package dev.swarmdex.peer.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.ExtensionPoint;

/**
 * A way to move a content's bytes between two peers. The host makes one instance per loaded plugin and calls it from
 * many threads at once; every method may block, and must give up when its thread is interrupted or its object closed.
 */
public interface Transport extends ExtensionPoint {

    /** The scheme of the endpoints that this transport speaks to, in lower case, unique among the loaded plugins. */
    String scheme();

    /**
     * Starts to listen and returns at once; serves until the returned server is closed.
     *
     * @param bind where to listen; port 0 picks a free one
     * @param options the other keys of this transport's table in the config; an unknown one is refused
     * @param shelf all that may be served
     * @throws IOException when the address can't be bound, with a message for the operator
     * @throws IllegalArgumentException when an option is unknown or impossible, with a message for the operator
     */
    Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException;

    /**
     * Connects to a peer that serves this scheme.
     *
     * @param timeout the longest that connecting, or waiting for the peer's next byte at any later time, may take
     */
    Connection connect(Endpoint endpoint, Duration timeout) throws IOException;
}
