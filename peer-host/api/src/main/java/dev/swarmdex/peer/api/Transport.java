package dev.swarmdex.peer.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.pf4j.ExtensionPoint;

/**
 * A way to move a content's bytes between two peers.
 *
 * <p>The host makes one instance per loaded plugin, with the constructor that takes nothing, and calls it from many
 * threads at once. Every method here and on the objects it returns may block, within the timeout it was given, and gives
 * up with an IOException when its thread is interrupted or its object closed. The host closes each server and each
 * connection it was given; a transport itself holds nothing to close.
 *
 * <p>Whatever comes from the other side is hostile: a transport bounds each length, count, allocation and wait, and
 * answers what it can't make sense of with an IOException at most.
 */
public interface Transport extends ExtensionPoint {

    /**
     * The scheme of the endpoints that this transport speaks to, as {@link Endpoint} allows it, always the same, unique
     * among the loaded plugins.
     */
    String scheme();

    /**
     * Starts to listen and returns at once; serves on threads of its own until the returned server is closed.
     *
     * @param bind where to listen; port 0 picks a free one
     * @param options the other keys of this transport's table in the config, as written there; an unknown one is refused
     * @param shelf all that may be served, now or later
     * @throws IOException when the address can't be bound, with a message for the operator
     * @throws IllegalArgumentException when an option is unknown or impossible, with a message for the operator
     */
    Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException;

    /**
     * Connects to a peer that serves this scheme, at once or, where the protocol takes a connection for each transfer, with
     * each {@link Connection#ask}. Nothing is open when it fails.
     *
     * @param endpoint one of this transport's scheme
     * @param options as for {@link #serve}; empty where the config has no table for this transport
     * @param timeout the longest that connecting, or waiting for the peer's next byte at any later time, may take; more
     *        than zero
     * @throws IllegalArgumentException when the endpoint has another scheme, or as {@link #serve} does
     */
    Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException;
}
