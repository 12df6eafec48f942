package dev.swarmdex.server.listen;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * Linux's control message that names the address to which a datagram came, {@code IP_PKTINFO} and {@code IPV6_PKTINFO} (ip(7),
 * ipv6(7), RFC 3542). A machine may have several addresses, and an answer from another one than was asked is no answer to
 * clients with connected sockets, nor to firewalls.
 */
final class PacketOrigin {

    /** Of {@code cmsghdr} on a 64-bit machine: its length with what follows, the level, and the type. */
    private static final long HEADER = 16;
    /** Of {@code in_pktinfo}: the interface, and two addresses. */
    private static final long IPV4_INTERFACE = HEADER;
    private static final long IPV4_LENGTH = HEADER + 16;
    /** Of {@code in6_pktinfo}: the address, and the interface. */
    private static final long IPV6_INTERFACE = HEADER + 16;
    private static final long IPV6_LENGTH = HEADER + 24;

    private PacketOrigin() {}

    static long length(int family) {
        return family == LinuxSockets.AF_INET ? IPV4_LENGTH : IPV6_LENGTH;
    }

    /** What nothing is known of: the system chooses the address that a datagram comes from. */
    static MemorySegment none(Arena arena) {
        return arena.allocate(JAVA_LONG);
    }

    /** Makes a received message, if it is one, into one that an answer is sent with, and returns its length or 0. */
    static long copy(MemorySegment received, MemorySegment target) {
        if (received.get(JAVA_LONG, 0) == 0) {
            return 0;
        }
        target.copyFrom(received);
        // which way answers go is for the routes to say
        target.set(JAVA_INT, target.byteSize() == IPV4_LENGTH ? IPV4_INTERFACE : IPV6_INTERFACE, 0);
        return target.byteSize();
    }
}
