package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A program's UDP socket, for tests. */
public final class UdpClient implements AutoCloseable {

    private static final int PATIENCE = 10_000;
    private static final int SILENCE = 150;

    private final DatagramSocket socket;
    private final InetSocketAddress server;

    public UdpClient(InetSocketAddress server) throws IOException {
        this.server = server;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        // so that a machine with too much to do loses nothing
        socket.setReceiveBufferSize(4 << 20);
    }

    public void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    public byte[] ask(byte[] bytes) throws IOException {
        send(bytes);
        return receive();
    }

    public byte[] receive() throws IOException {
        return receive(PATIENCE);
    }

    /** Whether nothing comes for a while. */
    public boolean hearsNothing() throws IOException {
        try {
            receive(SILENCE);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private byte[] receive(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}
