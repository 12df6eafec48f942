package dev.swarmdex.peer.api;

import java.net.InetSocketAddress;

/** The listening side of a transport; the host closes it, which also ends the transfers it serves. */
public interface Server extends AutoCloseable {

    /** The address that is bound, with the real port. */
    InetSocketAddress address();

    /**
     * Stops listening, ends every transfer at once and returns when the server's threads are done, within two seconds.
     * A second call does nothing.
     */
    @Override
    void close();
}
