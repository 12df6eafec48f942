package dev.swarmdex.server.service.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as two words, an IPv4 address as IPv6 maps it, and as people write them. */
final class Addresses {

    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final int IPV4_BYTES = 4;

    private Addresses() {}

    static long mapped(long ipv4) {
        return MAPPED | ipv4;
    }

    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
    }

    static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    static long low(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_BYTES
                ? mapped(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()))
                : ByteBuffer.wrap(bytes).getLong(Long.BYTES);
    }

    static String text(long high, long low) {
        ByteBuffer bytes = isIpv4(high, low)
                ? ByteBuffer.allocate(IPV4_BYTES).putInt((int) low)
                : ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low);
        try {
            return InetAddress.getByAddress(bytes.array()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }
}
