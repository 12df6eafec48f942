package dev.swarmdex.it.seed;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of seed 003: lines of UTF-8. */
public final class LinesClient implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;

    /** A client that is connected to the server at that port, and has said nothing yet. */
    public LinesClient(int indexPort) throws IOException {
        socket = Wire.connect(indexPort);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A client that has told who it is and where its mini-server listens. */
    public LinesClient(int indexPort, String user, int miniServerPort) throws IOException {
        this(indexPort);
        say(user + " " + miniServerPort);
    }

    /** Sends a line. */
    public void say(String line) throws IOException {
        sendBare(Wire.bytes(line + "\n"));
    }

    /** Sends bytes as they are. */
    public void sendBare(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The lines {@code user : path}. */
    public List<String> listFiles() throws IOException {
        say("list-files");
        return lines();
    }

    /** The lines {@code user - ip:port}. */
    public List<String> activePeers() throws IOException {
        say("sendActivePeers");
        return lines();
    }

    /** The lines of an answer, up to the empty one. */
    public List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return lines;
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new EOFException("the server has closed the connection");
        }
        return line;
    }

    /** Whether the server has ended the connection, which this waits for. */
    public boolean isDismissed() throws IOException {
        return in.readLine() == null;
    }

    /** Downloads a file from a mini-server, which has no way to say no: what it has not is empty. */
    public static byte[] download(InetSocketAddress miniServer, String path) throws IOException {
        try (Socket socket = Wire.connect(miniServer)) {
            socket.getOutputStream().write(Wire.bytes(path));
            return socket.getInputStream().readAllBytes();
        }
    }

    /** Vanishes: the other side sees a reset, in the middle of whatever it was. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
