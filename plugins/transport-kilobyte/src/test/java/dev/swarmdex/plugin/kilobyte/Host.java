package dev.swarmdex.plugin.kilobyte;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A host of seed 004 over plain sockets: it takes 144 bytes at a time, and sends whatever a test wants it to send. */
final class Host implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger mostAhead = new AtomicInteger();
    private volatile Function<Request, byte[]> answers;

    /** Starts it; an empty answer means that it closes the connection. */
    Host(Function<Request, byte[]> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    /** One that has this file, and answers as seed 004's program does. */
    static Host with(String name, byte[] file) throws IOException {
        return new Host(request -> answer(request, name, file));
    }

    static byte[] answer(Request request, String name, byte[] file) {
        if (!request.name().equals(name)) {
            return bytes(Reply.absent(request.portion()));
        }
        int length = Portions.length(request.portion(), file.length);
        // the program sends data even to one who asks only whether the file is there
        return length == 0
                ? bytes(Reply.outOfRange(request.portion(), file.length))
                : bytes(Reply.data(request.portion(), file.length,
                        ByteBuffer.wrap(file, (int) request.portion() * Portions.SIZE, length)));
    }

    static byte[] bytes(Reply reply) {
        ByteBuffer bytes = ByteBuffer.allocate(Reply.LENGTH);
        reply.write(bytes);
        return bytes.array();
    }

    void answers(Function<Request, byte[]> others) {
        answers = others;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The most requests that were there at once. */
    int mostAhead() {
        return mostAhead.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            while (true) {
                byte[] request = client.getInputStream().readNBytes(Request.LENGTH);
                if (request.length < Request.LENGTH) {
                    return;
                }
                int ahead = 1 + client.getInputStream().available() / Request.LENGTH;
                mostAhead.accumulateAndGet(ahead, Math::max);
                byte[] answer = answers.apply(Request.parse(ByteBuffer.wrap(request)));
                if (answer.length == 0) {
                    return;
                }
                out.write(answer);
            }
        } catch (IOException e) {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
