package dev.swarmdex.server.frontend;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A program's TCP connection, for tests. */
public final class TcpClient implements AutoCloseable {

    private static final int PATIENCE = 10_000;
    private static final int SILENCE = 150;

    private final Socket socket;

    public TcpClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads as many bytes as the text has, so that a difference shows. */
    public String read(String expected) throws IOException {
        socket.setSoTimeout(PATIENCE);
        int length = expected.getBytes(StandardCharsets.UTF_8).length;
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Sends, and reads what comes until nothing more comes for a while. */
    public String ask(String text) throws IOException {
        send(text);
        return all();
    }

    /** Whether nothing comes for a while. */
    public boolean hearsNothing() throws IOException {
        return all().isEmpty();
    }

    private String all() throws IOException {
        socket.setSoTimeout(SILENCE);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            return all.toString(StandardCharsets.UTF_8);
        }
        throw new EOFException("the server closed the connection");
    }

    /** Whether the server has ended the connection. */
    public boolean isCutOff() {
        try {
            socket.setSoTimeout(PATIENCE);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Vanishes with a reset, as when a program is killed with something unread. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
