package dev.swarmdex.peer.api;

import java.io.IOException;
import java.util.Optional;

/** A connection to one peer. Safe for many threads at once; whoever connected closes it. */
public interface Connection extends AutoCloseable {

    /**
     * Asks the peer for a content; empty when it does not offer it.
     *
     * @throws IOException when the peer fails; when it answered but refused, the connection stays usable
     */
    Optional<Offer> ask(ContentReference content) throws IOException;

    /** Ends every call in progress with an IOException. A second call does nothing. */
    @Override
    void close();
}
