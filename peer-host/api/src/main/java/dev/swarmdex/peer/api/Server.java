package dev.swarmdex.peer.api;

import java.net.InetSocketAddress;

/** The listening side of a transport; the host closes it, which also ends the transfers it serves. */
public interface Server extends AutoCloseable {

    /** The address that is bound, with the real port. */
    InetSocketAddress address();

    @Override
    void close();
}
