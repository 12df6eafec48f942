package dev.swarmdex.peer.api;

import java.net.InetSocketAddress;

/**
 * The listening side of a transport. The host that asked for it closes it. When the plugin is replaced or removed, the
 * host first calls {@link #stopListening}, starts the new version on the same address, and closes this one when nothing
 * has been sent through it for some seconds, or after ten minutes. Safe for many threads; no method throws.
 */
public interface Server extends AutoCloseable {

    /** The address that is bound, with the real port. */
    InetSocketAddress address();

    /**
     * Gives the address free for another server and takes no new connections, but goes on serving those that are open.
     * Returns within a second; a second call does nothing. A transport that can't do that keeps to what is written here:
     * it ends all of it.
     */
    default void stopListening() {
        close();
    }

    /**
     * Stops listening, ends every transfer at once and returns when the server's threads are done, within two seconds.
     * A second call does nothing.
     */
    @Override
    void close();
}
