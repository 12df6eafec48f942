package dev.swarmdex.it.seed;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The half of an older peer that serves its files over TCP, each connection on a thread of its own. A client that does
 * not keep to the protocol is told to the test when the server is closed.
 */
public abstract class FileServer implements AutoCloseable {

    private static final int LONGEST_NAME = 1024;

    private final ServerSocket listener;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();
    private final Queue<AssertionError> violations = new ConcurrentLinkedQueue<>();

    FileServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    /** Accepts connections until it is closed. */
    final void listen() {
        Thread.ofVirtual().start(this::accept);
    }

    /** Where it listens, at 127.0.0.1. */
    public final int port() {
        return listener.getLocalPort();
    }

    /** Offers these bytes under that name. */
    public final void put(String name, byte[] content) {
        files.put(name, content);
    }

    /** How many files it has sent to their end. */
    public final int served() {
        return served.get();
    }

    final byte @Nullable [] file(String name) {
        return files.get(name);
    }

    final void countServed() {
        served.incrementAndGet();
    }

    /** Speaks with a client until the protocol is at its end; the connection is closed afterwards. */
    abstract void serve(Socket client) throws IOException;

    /** A name that comes without framing, as one write of the client. */
    static String bareName(InputStream in) throws IOException {
        byte[] buffer = new byte[LONGEST_NAME];
        int length = in.read(buffer);
        return new String(Arrays.copyOf(buffer, Math.max(length, 0)), StandardCharsets.UTF_8);
    }

    static void require(boolean kept, String rule, Object seen) {
        if (!kept) {
            throw new AssertionError(rule + ", but got " + seen);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                connections.add(client);
                Thread.ofVirtual().start(() -> handle(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void handle(Socket client) {
        try (client) {
            client.setSoTimeout(Wire.PATIENCE_MILLIS);
            client.setTcpNoDelay(true);
            serve(client);
        } catch (IOException theClientLeft) {
            // as its user may at any time
        } catch (AssertionError violation) {
            violations.add(violation);
        } finally {
            connections.remove(client);
        }
    }

    /** Stops at once, as a program that is killed, and fails if a client has broken the protocol. */
    @Override
    public final void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
        AssertionError violation = violations.poll();
        if (violation != null) {
            throw violation;
        }
    }
}
