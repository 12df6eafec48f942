package dev.swarmdex.server.listen;

import dev.swarmdex.server.listen.UdpListener.DatagramHandler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One socket of a {@link BatchUdpListener}: takes up to {@value #BATCH} datagrams with one call, has them handled one after
 * the other, and sends the replies with one call. Receiving is for one thread; {@link #send} for any.
 */
final class BatchSocket implements AutoCloseable {

    private static final int BATCH = 64;
    private static final int SOCKET_BUFFER = 4 << 20;
    /** How often the receiving thread looks whether it is to stop. */
    private static final int PATIENCE_MILLIS = 100;

    private final int family;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment error = LinuxSockets.errorMemory(arena);
    private final MessageBatch incoming;
    private final MessageBatch outgoing;
    /** For answers that take their time; guarded by this socket, as all that is for any thread. */
    private final MessageBatch late;
    private final MemorySegment lateError = LinuxSockets.errorMemory(arena);
    private final BatchSender sender = new BatchSender();
    private final int socket;
    private int replies;
    private boolean closed;

    /** A socket that is bound. */
    BatchSocket(InetSocketAddress bind, boolean sharesPort) throws IOException {
        family = SocketAddresses.family(bind.getAddress());
        incoming = new MessageBatch(BATCH, family, arena);
        outgoing = new MessageBatch(BATCH, family, arena);
        late = new MessageBatch(1, family, arena);
        int opened = -1;
        try {
            opened = LinuxSockets.open(family, sharesPort, SOCKET_BUFFER, PATIENCE_MILLIS, error);
            LinuxSockets.bind(opened, SocketAddresses.encode(bind, family, arena), error);
            if (bind.getAddress().isAnyLocalAddress()) {
                LinuxSockets.tellOrigins(opened, family, error);
            }
        } catch (IOException | RuntimeException e) {
            if (opened >= 0) {
                LinuxSockets.close(opened, error);
            }
            arena.close();
            throw e;
        }
        socket = opened;
    }

    InetSocketAddress address() throws IOException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment bound = memory.allocate(SocketAddresses.length(family));
            LinuxSockets.boundAddress(socket, bound, LinuxSockets.errorMemory(memory));
            return SocketAddresses.decode(bound);
        }
    }

    /** Handles the datagrams that come, after waiting a moment for the first one. */
    void receive(DatagramHandler handler) throws IOException {
        int count = LinuxSockets.receive(socket, incoming.headersFrom(0), BATCH, error);
        try {
            for (int i = 0; count > 1 && i < count; i++) {
                handler.expect(incoming.received(i));
            }
            for (int i = 0; i < count; i++) {
                ByteBuffer datagram = incoming.received(i);
                handler.received(datagram, sender.of(i));
            }
        } finally {
            flush();
        }
    }

    /** Sends a datagram at once, or drops it if there is no room for it. */
    void send(ByteBuffer datagram, InetSocketAddress target) {
        try (Arena memory = Arena.ofConfined()) {
            send(datagram, SocketAddresses.encode(target, family, memory), PacketOrigin.none(memory));
        }
    }

    private synchronized void send(ByteBuffer datagram, MemorySegment target, MemorySegment origin) {
        if (!closed) {
            late.put(0, datagram.duplicate(), target, origin);
            int _ = LinuxSockets.send(socket, late.headersFrom(0), 1, lateError);
        }
    }

    /** Frees the socket; nobody may receive any more. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            LinuxSockets.close(socket, error);
            arena.close();
        }
    }

    private void reply(ByteBuffer datagram, MemorySegment target, MemorySegment origin) {
        if (replies == BATCH) {
            flush();
        }
        outgoing.put(replies++, datagram, target, origin);
    }

    /** What there is no room for is lost, and so is a reply to an address that can't be reached. */
    private void flush() {
        int sent = 0;
        while (sent < replies) {
            sent += Math.max(1, LinuxSockets.send(socket, outgoing.headersFrom(sent), replies - sent, error));
        }
        replies = 0;
    }

    /** The sender of the datagram that is being handled. */
    private final class BatchSender implements Sender {

        private MemorySegment address = MemorySegment.NULL;
        private MemorySegment origin = MemorySegment.NULL;

        BatchSender of(int index) {
            address = incoming.address(index);
            origin = incoming.origin(index);
            return this;
        }

        @Override
        public long addressHigh() {
            return SocketAddresses.high(address);
        }

        @Override
        public long addressLow() {
            return SocketAddresses.low(address);
        }

        @Override
        public int port() {
            return SocketAddresses.port(address);
        }

        @Override
        public InetSocketAddress address() {
            return SocketAddresses.decode(address);
        }

        @Override
        public void reply(ByteBuffer datagram) {
            BatchSocket.this.reply(datagram, address, origin);
        }

        @Override
        public Later later() {
            MemorySegment target = MemorySegment.ofArray(address.toArray(ValueLayout.JAVA_BYTE));
            MemorySegment way = MemorySegment.ofArray(origin.toArray(ValueLayout.JAVA_LONG));
            return datagram -> send(datagram, target, way);
        }
    }
}
