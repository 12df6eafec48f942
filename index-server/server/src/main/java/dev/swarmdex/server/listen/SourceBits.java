package dev.swarmdex.server.listen;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The 128 bits of an address, an IPv4 address as IPv6 maps it. */
final class SourceBits {

    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;

    private SourceBits() {}

    static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    static long low(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == Integer.BYTES
                ? ofIpv4(bytes.getInt())
                : bytes.getLong(Long.BYTES);
    }

    static long ofIpv4(int address) {
        return IPV4_MAPPED | Integer.toUnsignedLong(address);
    }
}
