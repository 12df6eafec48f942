package dev.swarmdex.server.frontend;

import dev.swarmdex.server.listen.Sender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A sender with an address and no socket. */
record TestSender(InetSocketAddress address) implements Sender {

    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;

    static TestSender of(String address) {
        return new TestSender(new InetSocketAddress(InetAddress.ofLiteral(address), 5000));
    }

    /** The IPv4 address of that number. */
    static TestSender number(int number) {
        return of((number >>> 24) + "." + (number >>> 16 & 255) + "." + (number >>> 8 & 255) + "." + (number & 255));
    }

    @Override
    public long addressHigh() {
        byte[] bytes = address.getAddress().getAddress();
        return bytes.length == Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    @Override
    public long addressLow() {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress());
        return bytes.capacity() == Integer.BYTES
                ? IPV4_MAPPED | Integer.toUnsignedLong(bytes.getInt())
                : bytes.getLong(Long.BYTES);
    }

    @Override
    public int port() {
        return address.getPort();
    }

    @Override
    public void reply(ByteBuffer datagram) {
        throw new IllegalStateException("nobody listens there");
    }

    @Override
    public Later later() {
        return this::reply;
    }
}
