package dev.swarmdex.peer.api;

import java.io.IOException;
import java.util.Optional;

/** A connection to one peer. Safe for many threads at once; whoever connected closes it. */
public interface Connection extends AutoCloseable {

    /** Asks the peer for a content; empty when it does not offer it. */
    Optional<Offer> ask(ContentReference content) throws IOException;

    /** Ends every call in progress with an IOException. */
    @Override
    void close();
}
