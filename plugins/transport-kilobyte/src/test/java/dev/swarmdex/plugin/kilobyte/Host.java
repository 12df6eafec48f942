package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A host of seed 004 over plain sockets: it takes 144 bytes at a time, and sends whatever a test wants it to send. */
final class Host implements AutoCloseable {

    private final AtomicInteger mostAhead = new AtomicInteger();
    private final ScriptedServer server;
    private volatile Function<Request, byte[]> answers;

    /** Starts one that has this file, and answers as seed 004's program does. */
    Host(String name, byte[] file) throws IOException {
        answers = request -> answer(request, name, file);
        server = ScriptedServer.start(this::serve);
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

    /** Answers otherwise from now on; an empty answer means that it closes the connection. */
    void answers(Function<Request, byte[]> others) {
        answers = others;
    }

    Endpoint endpoint() {
        return server.endpoint("kilobyte");
    }

    /** The most requests that were there at once. */
    int mostAhead() {
        return mostAhead.get();
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        while (true) {
            byte[] request = in.readNBytes(Request.LENGTH);
            if (request.length < Request.LENGTH) {
                return;
            }
            mostAhead.accumulateAndGet(1 + in.available() / Request.LENGTH, Math::max);
            byte[] answer = answers.apply(Request.parse(ByteBuffer.wrap(request)));
            if (answer.length == 0) {
                return;
            }
            out.write(answer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
