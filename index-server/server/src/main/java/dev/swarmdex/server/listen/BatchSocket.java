package dev.swarmdex.server.listen;

import dev.swarmdex.server.listen.UdpListener.DatagramHandler;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
    private final BatchSender sender = new BatchSender();
    private final int socket;
    private int replies;
    private boolean closed;

    /** A socket that is bound. */
    BatchSocket(InetSocketAddress bind, boolean sharesPort) throws IOException {
        family = SocketAddresses.family(bind.getAddress());
        incoming = new MessageBatch(BATCH, family, arena);
        outgoing = new MessageBatch(BATCH, family, arena);
        int opened = -1;
        try {
            opened = LinuxSockets.open(family, sharesPort, SOCKET_BUFFER, PATIENCE_MILLIS, error);
            LinuxSockets.bind(opened, SocketAddresses.encode(bind, family, arena), error);
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
                handler.received(datagram, sender.of(incoming.address(i)));
            }
        } finally {
            flush();
        }
    }

    /** Sends a datagram at once, or drops it if there is no room for it. */
    synchronized void send(ByteBuffer datagram, InetSocketAddress target) throws IOException {
        if (closed) {
            return;
        }
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment bytes = memory.allocate(Math.max(1, datagram.remaining()));
            bytes.asByteBuffer().put(datagram.duplicate());
            boolean _ = LinuxSockets.send(socket, bytes.asSlice(0, datagram.remaining()),
                    SocketAddresses.encode(target, family, memory), LinuxSockets.errorMemory(memory));
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

    private void reply(ByteBuffer datagram, MemorySegment target) {
        if (replies == BATCH) {
            flush();
        }
        outgoing.put(replies++, datagram, target);
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

        BatchSender of(MemorySegment of) {
            address = of;
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
            BatchSocket.this.reply(datagram, address);
        }
    }
}
