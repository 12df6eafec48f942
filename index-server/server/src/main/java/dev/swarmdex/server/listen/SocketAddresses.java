package dev.swarmdex.server.listen;

import dev.swarmdex.server.address.Addresses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Linux's {@code sockaddr_in} (16 bytes) and {@code sockaddr_in6} (28 bytes): the family as a short of this machine's order,
 * the port big-endian, and then the address. A socket of the IPv6 family speaks IPv4 too, with mapped addresses.
 */
final class SocketAddresses {

    /** Room for either. */
    static final int LONGEST = 28;

    private static final int IPV4_LENGTH = 16;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int IPV6_SCOPE = 24;

    private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfShort NETWORK_SHORT = FAMILY.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NETWORK_LONG = ValueLayout.JAVA_LONG_UNALIGNED
            .withOrder(ByteOrder.BIG_ENDIAN);

    private SocketAddresses() {}

    static int family(InetAddress address) {
        return address instanceof Inet4Address ? LinuxSockets.AF_INET : LinuxSockets.AF_INET6;
    }

    static int length(int family) {
        return family == LinuxSockets.AF_INET ? IPV4_LENGTH : LONGEST;
    }

    /** An address for a socket of that family; an IPv6 address can't be used on an IPv4 socket. */
    static MemorySegment encode(InetSocketAddress address, int family, Arena arena) {
        MemorySegment target = arena.allocate(length(family));
        encode(address, family, target);
        return target;
    }

    static void encode(InetSocketAddress address, int family, MemorySegment target) {
        target.set(FAMILY, 0, (short) family);
        target.set(NETWORK_SHORT, PORT, (short) address.getPort());
        if (family == LinuxSockets.AF_INET) {
            target.set(NETWORK_INT, IPV4_ADDRESS, ByteBuffer.wrap(address.getAddress().getAddress()).getInt());
            return;
        }
        target.set(NETWORK_INT, IPV4_ADDRESS, 0);
        target.set(NETWORK_LONG, IPV6_ADDRESS, Addresses.high(address.getAddress()));
        target.set(NETWORK_LONG, IPV6_ADDRESS + Long.BYTES, Addresses.low(address.getAddress()));
        int scope = address.getAddress() instanceof Inet6Address scoped ? scoped.getScopeId() : 0;
        target.set(ValueLayout.JAVA_INT_UNALIGNED, IPV6_SCOPE, scope);
    }

    static int port(MemorySegment source) {
        return Short.toUnsignedInt(source.get(NETWORK_SHORT, PORT));
    }

    static long high(MemorySegment source) {
        return isIpv4(source) ? 0 : source.get(NETWORK_LONG, IPV6_ADDRESS);
    }

    static long low(MemorySegment source) {
        return isIpv4(source)
                ? Addresses.mapped(Integer.toUnsignedLong(source.get(NETWORK_INT, IPV4_ADDRESS)))
                : source.get(NETWORK_LONG, IPV6_ADDRESS + Long.BYTES);
    }

    /** The address as the JDK knows it: a mapped one is an IPv4 address again. */
    static InetSocketAddress decode(MemorySegment source) {
        try {
            return new InetSocketAddress(address(source), port(source));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }

    private static InetAddress address(MemorySegment source) throws UnknownHostException {
        if (isIpv4(source)) {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt(source.get(NETWORK_INT, IPV4_ADDRESS)).array());
        }
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high(source)).putLong(low(source)).array();
        int scope = source.get(ValueLayout.JAVA_INT_UNALIGNED, IPV6_SCOPE);
        return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
    }

    private static boolean isIpv4(MemorySegment source) {
        return source.get(FAMILY, 0) == LinuxSockets.AF_INET;
    }
}
