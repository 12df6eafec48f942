package dev.swarmdex.peer.api;

import java.io.IOException;
import java.util.Optional;

/**
 * A connection to one peer. Safe for many threads at once. The host, which connected, closes it, from any thread and even
 * while others are in it. What it returned is of no use after that.
 */
public interface Connection extends AutoCloseable {

    /**
     * Asks the peer for a content; empty when it does not offer it. Blocks until the peer answers, but not longer than the
     * timeout that the connection was made with, and gives up when its thread is interrupted.
     *
     * @throws IOException when the peer fails; when it answered but refused, the connection stays usable
     */
    Optional<Offer> ask(ContentReference content) throws IOException;

    /**
     * Ends every call in progress with an IOException, and returns within a second; it never waits for the peer, and never
     * throws. A second call does nothing.
     */
    @Override
    void close();
}
