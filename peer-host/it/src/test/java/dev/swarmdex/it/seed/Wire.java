package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sockets on this machine that give up after ten seconds, and texts padded with NUL. */
final class Wire {

    static final int PATIENCE_MILLIS = 30_000;

    private static final int SHORT_PATIENCE_MILLIS = 3_000;
    private static final int BUFFER = 1 << 20;
    private static final int LARGEST_DATAGRAM = 65_507;

    private Wire() {}

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    static Socket connect(int port) throws IOException {
        return connect(local(port));
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address, PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that speaks with that port of this machine only. */
    static DatagramSocket datagrams(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(local(0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        // the programs read with the usual buffer; but they were never run on a machine that runs so many tests at once
        socket.setReceiveBufferSize(BUFFER);
        socket.connect(local(port));
        return socket;
    }

    static void send(DatagramSocket socket, byte[] datagram) throws IOException {
        socket.send(new DatagramPacket(datagram, datagram.length));
    }

    static byte[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Something that waits for answers. */
    interface Conversation<T> {
        T have() throws IOException;
    }

    /** Has a long answer, and has it again if datagrams were lost, as happens to who can't read them fast enough. */
    static <T> T again(DatagramSocket socket, Conversation<T> first, Conversation<T> next) throws IOException {
        socket.setSoTimeout(SHORT_PATIENCE_MILLIS);
        try {
            return first.have();
        } catch (SocketTimeoutException aDatagramWasLost) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return next.have();
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] padded(String text, int length) {
        byte[] bytes = bytes(text);
        if (bytes.length > length) {
            throw new IllegalArgumentException(text + " is longer than " + length + " bytes");
        }
        return Arrays.copyOf(bytes, length);
    }

    /** The text from there on, up to the first NUL or the end of the field. */
    static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
