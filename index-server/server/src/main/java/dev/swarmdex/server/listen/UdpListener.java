package dev.swarmdex.server.listen;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A UDP address that is listened on. Datagrams are sent by any thread, without waiting: where the system's buffer is full
 * one is lost, as on any UDP path, and the client asks again.
 */
public sealed interface UdpListener extends AutoCloseable permits PortableUdpListener, BatchUdpListener {

    /** The longest datagram that is received whole; more than any protocol's, so that a longer one shows. */
    int LONGEST_DATAGRAM = 2048;

    /**
     * A listener that does not listen yet.
     *
     * @param protocol for the log, and for the names of threads
     * @param handlers makes a handler for each thread that reads; a handler is called by its own thread only
     */
    static UdpListener of(String protocol, InetSocketAddress bind, UdpEngine engine,
            Supplier<DatagramHandler> handlers) {
        return engine.usesBatches()
                ? new BatchUdpListener(protocol, bind, handlers)
                : new PortableUdpListener(protocol, bind, handlers.get());
    }

    /**
     * Binds the address and begins to receive.
     *
     * @throws CannotListenException when the address can't be bound; then nothing is left to close
     */
    void start() throws CannotListenException;

    /** Where it listens, with the real port; once it is started. */
    InetSocketAddress address();

    /**
     * Sends a datagram, or drops it if there is no room for it or the listener is closed. For any thread. It comes from the address that
     * the system prefers, if the machine has several and all are listened on: {@link Sender#later} knows which one was asked.
     */
    void send(ByteBuffer datagram, InetSocketAddress target);

    /** Receives no more; once this returns, no handler is called again. Sending goes on. */
    void stopReceiving();

    /** Ends everything. */
    @Override
    void close();

    /** Takes what arrives, on a listener's thread. */
    @FunctionalInterface
    interface DatagramHandler {

        /**
         * Handles the datagram between the buffer's position and limit. Must not block. The buffer and the sender are the
         * listener's again once this returns.
         */
        void received(ByteBuffer datagram, Sender sender);

        /**
         * Announces a datagram that is handled soon, one of several that arrived together, so that what all of them need can be
         * made ready. The same holds as for {@link #received}; it may be left out.
         */
        default void expect(ByteBuffer datagram) {}
    }
}
