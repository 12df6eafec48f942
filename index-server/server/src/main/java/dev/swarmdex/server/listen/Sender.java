package dev.swarmdex.server.listen;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Whoever sent the datagram that is being handled. It is good only while the handler is called, and only on its thread:
 * the next datagram's sender is the same object, so that a datagram costs no allocation.
 */
public interface Sender {

    /** The upper half of the IPv6 address; 0 for an IPv4 address. */
    long addressHigh();

    /** The lower half of the IPv6 address; an IPv4 address as IPv6 maps it ({@code ::ffff:a.b.c.d}). */
    long addressLow();

    /** The port, 1 to 65535. */
    int port();

    /** The address and port, which may be kept. */
    InetSocketAddress address();

    /** Answers with the buffer's remaining bytes, which are copied if they are not sent at once. */
    void reply(ByteBuffer datagram);

    /** What is kept to answer this datagram later. */
    Later later();

    /** A way back to who sent a datagram, from the address to which it was sent. For any thread. */
    @FunctionalInterface
    interface Later {

        /** Sends the buffer's remaining bytes, or drops them if there is no room for them or the listener is closed. */
        void reply(ByteBuffer datagram);
    }
}
