package dev.swarmdex.server.listen;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * An array of Linux's {@code mmsghdr}, each with a buffer for a datagram, one for an address and one for what Linux says of the
 * way that the datagram came, laid out once. For one thread.
 */
final class MessageBatch {

    /** Of {@code mmsghdr} on a 64-bit machine: a {@code msghdr} of 56 bytes, the datagram's length, and padding. */
    private static final long HEADER = 64;
    private static final long NAME = 0;
    private static final long NAME_LENGTH = 8;
    private static final long VECTOR = 16;
    private static final long VECTOR_COUNT = 24;
    private static final long CONTROL = 32;
    private static final long CONTROL_LENGTH = 40;
    private static final long DATAGRAM_LENGTH = 56;
    /** Of {@code iovec}: a pointer and a length. */
    private static final long VECTOR_SIZE = 16;
    /**
     * From one datagram's room to the next: an odd number of cache lines, so that their beginnings spread over all of
     * the cache.
     */
    private static final long ROOM = UdpListener.LONGEST_DATAGRAM + 64;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment[] addresses;
    private final ByteBuffer[] datagrams;
    private final MemorySegment[] origins;
    private final int addressLength;
    private final long originLength;

    MessageBatch(int size, int family, Arena arena) {
        addressLength = SocketAddresses.length(family);
        originLength = PacketOrigin.length(family);
        headers = arena.allocate(HEADER * size, Long.BYTES);
        vectors = arena.allocate(VECTOR_SIZE * size, Long.BYTES);
        addresses = new MemorySegment[size];
        datagrams = new ByteBuffer[size];
        origins = new MemorySegment[size];
        MemorySegment bytes = arena.allocate(ROOM * size, Long.BYTES);
        for (int i = 0; i < size; i++) {
            MemorySegment datagram = bytes.asSlice(i * ROOM, UdpListener.LONGEST_DATAGRAM);
            addresses[i] = arena.allocate(SocketAddresses.LONGEST, Long.BYTES);
            datagrams[i] = datagram.asByteBuffer();
            origins[i] = arena.allocate(originLength, Long.BYTES);
            vectors.set(ADDRESS, i * VECTOR_SIZE, datagram);
            vectors.set(JAVA_LONG, i * VECTOR_SIZE + ADDRESS.byteSize(), UdpListener.LONGEST_DATAGRAM);
            headers.set(ADDRESS, i * HEADER + NAME, addresses[i]);
            headers.set(JAVA_INT, i * HEADER + NAME_LENGTH, addressLength);
            headers.set(ADDRESS, i * HEADER + VECTOR, vectors.asSlice(i * VECTOR_SIZE, VECTOR_SIZE));
            headers.set(JAVA_LONG, i * HEADER + VECTOR_COUNT, 1);
            headers.set(ADDRESS, i * HEADER + CONTROL, origins[i]);
            headers.set(JAVA_LONG, i * HEADER + CONTROL_LENGTH, originLength);
        }
    }

    /** The headers from one on, for the system call. */
    MemorySegment headersFrom(int index) {
        return index == 0 ? headers : headers.asSlice(index * HEADER);
    }

    MemorySegment address(int index) {
        return addresses[index];
    }

    /** The way that the datagram there came. */
    MemorySegment origin(int index) {
        return origins[index];
    }

    /** The datagram that was received there. */
    ByteBuffer received(int index) {
        // The system writes how long the address and the origin were, and reads how long they may be.
        headers.set(JAVA_INT, index * HEADER + NAME_LENGTH, addressLength);
        headers.set(JAVA_LONG, index * HEADER + CONTROL_LENGTH, originLength);
        return datagrams[index].clear().limit(headers.get(JAVA_INT, index * HEADER + DATAGRAM_LENGTH));
    }

    /** Puts a datagram there that answers one of another batch: it goes to that address, the way that one came. */
    void put(int index, ByteBuffer datagram, MemorySegment target, MemorySegment origin) {
        int length = datagram.remaining();
        datagrams[index].clear().put(datagram);
        vectors.set(JAVA_LONG, index * VECTOR_SIZE + ADDRESS.byteSize(), length);
        MemorySegment.copy(target, 0, addresses[index], 0, addressLength);
        headers.set(JAVA_LONG, index * HEADER + CONTROL_LENGTH, PacketOrigin.copy(origin, origins[index]));
    }
}
