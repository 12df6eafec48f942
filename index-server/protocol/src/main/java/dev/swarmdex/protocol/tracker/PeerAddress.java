package dev.swarmdex.protocol.tracker;

import dev.swarmdex.protocol.Port;

/**
 * Where a peer takes connections.
 *
 * @param high the upper half of the IPv6 address; 0 for an IPv4 address
 * @param low the lower half; an IPv4 address as IPv6 maps it ({@code ::ffff:a.b.c.d})
 * @param port 1 to 65535
 */
public record PeerAddress(long high, long low, int port) {

    private static final long MAPPED = 0xFFFF_0000_0000L;

    /** Checks the port. */
    public PeerAddress {
        Port.check(port);
    }

    /** A peer at an IPv4 address, given as a number. */
    public static PeerAddress ipv4(int address, int port) {
        return new PeerAddress(0, MAPPED | Integer.toUnsignedLong(address), port);
    }

    /** Whether these are the two halves of a mapped IPv4 address. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED >>> Integer.SIZE;
    }
}
