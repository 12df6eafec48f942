package dev.swarmdex.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A peer that speaks the tcp transport's wire by itself, tells the truth about a file, and then does something bad. */
final class HostileSource implements AutoCloseable {

    private static final byte[] PREFACE = "swarmdx\u0001".getBytes(StandardCharsets.US_ASCII);
    private static final int ENOUGH_TO_FILL_ANY_BUFFER = 1 << 16;

    private final TestFile file;
    private final Deed deed;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** What it does when it is asked for bytes. */
    enum Deed {
        /** Sends others than the file's. */
        WRONG_BYTES,
        /** Sends those of another version of the file. */
        OLD_VERSION,
        /** Sends half of them and leaves. */
        SHORT_PIECES,
        /** Sends without end. */
        ENDLESS_DATA,
        /** Sends nothing, and stays. */
        NOTHING,
        /** Says that it has none of them yet, although it said that it has the file. */
        LATER
    }

    HostileSource(TestFile file, Deed deed) throws IOException {
        this.file = file;
        this.deed = deed;
        Thread.ofVirtual().start(this::accept);
    }

    /** The line of a hosts file by which it is found. */
    String endpoint() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            in.readNBytes(PREFACE.length);
            out.write(PREFACE);
            while (true) {
                answer(in.readByte(), in.readInt(), ByteBuffer.wrap(in.readNBytes(in.readUnsignedShort())), out);
            }
        } catch (IOException left) {
            // which is how its clients end
        }
    }

    private void answer(byte type, int requestId, ByteBuffer body, DataOutputStream out) throws IOException {
        switch (type) {
            case 'A' -> {
                byte[] id = file.id().getBytes(StandardCharsets.US_ASCII);
                reply(out, 'O', requestId,
                        ByteBuffer.allocate(Long.BYTES + id.length).putLong(file.size()).put(id).array());
            }
            case 'H' -> reply(out, 'O', requestId, file.pieceHashes(body.getInt()));
            case 'R' -> send(out, requestId, (int) body.getLong(), body.getInt());
            default -> reply(out, 'E', requestId, new byte[0]);
        }
    }

    private void send(DataOutputStream out, int requestId, int offset, int length) throws IOException {
        byte[] right = Arrays.copyOfRange(file.bytes(), offset, offset + length);
        switch (deed) {
            case WRONG_BYTES -> {
                right[length / 2] ^= 1;
                reply(out, 'O', requestId, right);
            }
            case OLD_VERSION -> reply(out, 'O', requestId, new byte[length]);
            case SHORT_PIECES -> {
                header(out, 'O', requestId, length);
                out.write(right, 0, length / 2);
                throw new EOFException();
            }
            case ENDLESS_DATA -> {
                header(out, 'O', requestId, length);
                out.write(right);
                flood(out);
            }
            case LATER -> reply(out, 'L', requestId, new byte[0]);
            case NOTHING -> out.flush();
        }
    }

    private static void flood(OutputStream out) throws IOException {
        byte[] noise = new byte[ENOUGH_TO_FILL_ANY_BUFFER];
        while (true) {
            out.write(noise);
        }
    }

    private static void reply(DataOutputStream out, char status, int requestId, byte[] body) throws IOException {
        header(out, status, requestId, body.length);
        out.write(body);
        out.flush();
    }

    private static void header(DataOutputStream out, char status, int requestId, int length) throws IOException {
        out.writeByte(status);
        out.writeInt(requestId);
        out.writeInt(length);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
