package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A program's UDP socket, for tests. */
public final class UdpClient implements AutoCloseable {

    private static final int PATIENCE = 10_000;
    private static final int SILENCE = 150;

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    /** A socket with the server's address, on a port of its own. */
    public UdpClient(InetSocketAddress server) throws IOException {
        this.server = server;
        socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), 0));
        // so that a machine with too much to do loses nothing
        socket.setReceiveBufferSize(4 << 20);
    }

    /**
     * Asks again and again, from another port, until an answer comes: then the server is through with what it was sent
     * before, and loses nothing any more.
     */
    public void awaitAnswer(byte[] harmless) throws IOException {
        try (UdpClient another = new UdpClient(server)) {
            for (int tried = 0; tried < PATIENCE / SILENCE; tried++) {
                another.send(harmless);
                if (another.poll().isPresent()) {
                    return;
                }
            }
        }
        throw new SocketTimeoutException("the server never answered");
    }

    public void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    /** Sends what remains in the buffer. */
    public void send(ByteBuffer datagram) throws IOException {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        send(bytes);
    }

    public byte[] ask(byte[] bytes) throws IOException {
        send(bytes);
        return receive();
    }

    public byte[] receive() throws IOException {
        ByteBuffer datagram = await().orElseThrow(() -> new SocketTimeoutException("no datagram came"));
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    /** The next datagram, which may take long to come. */
    public Optional<ByteBuffer> await() throws IOException {
        return receive(PATIENCE);
    }

    /** The next datagram, if one comes within a moment. */
    public Optional<ByteBuffer> poll() throws IOException {
        return receive(SILENCE);
    }

    /** Whether nothing comes for a while. */
    public boolean hearsNothing() throws IOException {
        return poll().isEmpty();
    }

    private Optional<ByteBuffer> receive(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
            return Optional.of(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
