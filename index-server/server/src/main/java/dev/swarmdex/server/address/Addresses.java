package dev.swarmdex.server.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as two words, an IPv4 address as IPv6 maps it, and as people write them. */
public final class Addresses {

    private static final long MAPPED = 0xFFFF_0000_0000L;

    private Addresses() {}

    /** The lower word of an IPv4 address, given as an unsigned number of 32 bits; the upper one is 0. */
    public static long mapped(long ipv4) {
        return MAPPED | ipv4;
    }

    /** Whether these are the two words of a mapped IPv4 address. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
    }

    /** The upper word. */
    public static long high(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** The lower word. */
    public static long low(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.capacity() == Integer.BYTES
                ? mapped(Integer.toUnsignedLong(bytes.getInt()))
                : bytes.getLong(Long.BYTES);
    }

    /** The address of these two words; a mapped IPv4 address becomes one of IPv4 again. */
    public static InetAddress address(long high, long low) {
        try {
            return InetAddress.getByAddress(ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** The address of these two words as text. */
    public static String text(long high, long low) {
        return address(high, low).getHostAddress();
    }

    /** The address as text, without the zone of a link-local one, which means nothing on another machine. */
    public static String host(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    public static String hostAndPort(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
