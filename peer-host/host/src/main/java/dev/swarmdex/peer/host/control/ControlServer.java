package dev.swarmdex.peer.host.control;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The host's side of the control socket, readable and writable by the host's user alone. Each connection is one
 * operation on a virtual thread of its own; when the client goes away, its operation is interrupted.
 */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    /** A command holds its connection until it is done, so as many downloads can be waited for at once. */
    private static final int MOST_CONNECTIONS = 1024;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final UnixDomainSocketAddress address;
    private final ServerSocketChannel listener;
    /** The operations that are under way, by the threads that do them. */
    private final Map<Thread, SocketChannel> workers = new ConcurrentHashMap<>();
    private final Semaphore slots = new Semaphore(MOST_CONNECTIONS);
    private volatile @Nullable Thread acceptor;

    private ControlServer(UnixDomainSocketAddress address, ServerSocketChannel listener) {
        this.address = address;
        this.listener = listener;
    }

    /**
     * Listens in the state folder, whose lock the caller must hold: a socket that is there already is a leftover of a
     * host that died. Commands that come now wait until it serves.
     */
    public static ControlServer bind(Path stateDir) throws IOException {
        UnixDomainSocketAddress address = ControlSocket.in(stateDir);
        Files.deleteIfExists(address.getPath());
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(address, MOST_CONNECTIONS);
            Files.setPosixFilePermissions(address.getPath(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException failure) {
            listener.close();
            throw failure;
        }
        return new ControlServer(address, listener);
    }

    /** Begins to serve commands. */
    public void serve(Operations operations) {
        acceptor = Thread.ofVirtual().name("control").start(() -> accept(operations));
    }

    private void accept(Operations operations) {
        while (listener.isOpen()) {
            try {
                SocketChannel connection = listener.accept();
                if (slots.tryAcquire()) {
                    Thread worker = Thread.ofVirtual().name("control-connection")
                            .unstarted(() -> serve(connection, operations));
                    workers.put(worker, connection);
                    worker.start();
                } else {
                    connection.close();
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failure) {
                LOG.warn("control socket: {}; tried again in {} s", failure.getMessage(), PAUSE.toSeconds());
                if (!pause()) {
                    return;
                }
            }
        }
    }

    /** Most failures last for a while: there are too many open files, say. False if it was interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void serve(SocketChannel connection, Operations operations) {
        try (connection;
                InputStream in = Channels.newInputStream(connection);
                OutputStream out = Channels.newOutputStream(connection)) {
            JsonNode request = Message.read(Message.reader(in));
            Thread worker = Thread.currentThread();
            Thread.ofVirtual().name("control-watch").start(() -> interruptAtEnd(connection, worker));
            answer(request, operations, out);
        } catch (IOException gone) {
            LOG.debug("control connection ended: {}", gone.getMessage());
        } finally {
            workers.remove(Thread.currentThread());
            slots.release();
        }
    }

    /** A client sends nothing more after its request, so the end of its stream means that it has left. */
    private static void interruptAtEnd(SocketChannel connection, Thread worker) {
        try {
            connection.read(java.nio.ByteBuffer.allocate(1));
        } catch (IOException closed) {
            LOG.trace("control connection closed", closed);
        }
        worker.interrupt();
    }

    private static void answer(JsonNode request, Operations operations, OutputStream out) throws IOException {
        JsonMapper json = JsonMapper.shared();
        try {
            JsonNode result = operations.execute(request.path(Message.OPERATION).asString(""),
                    request.path(Message.ARGUMENTS), event -> send(out, event));
            Message.write(out, Message.RESULT, result);
        } catch (IOException | IllegalArgumentException failure) {
            Message.write(out, Message.ERROR, json.valueToTree(FailureText.of(failure)));
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        } catch (InterruptedException stopped) {
            LOG.debug("the client of {} left", request.path(Message.OPERATION));
        } catch (RuntimeException bug) {
            LOG.error("operation {} failed", request.path(Message.OPERATION), bug);
            Message.write(out, Message.ERROR, json.valueToTree("the host failed at this, see its log: " + bug));
        }
    }

    private static void send(OutputStream out, JsonNode event) {
        try {
            Message.write(out, Message.EVENT, event);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Ends all operations, and waits for their ends, but not for long. A second call does nothing. */
    @Override
    public void close() {
        if (!listener.isOpen()) {
            return;
        }
        close("control socket", listener);
        close(address.getPath().toString(), () -> Files.deleteIfExists(address.getPath()));
        long end = System.nanoTime() + STOPPING.toNanos();
        try {
            Thread accepting = acceptor;
            if (accepting != null) {
                accepting.interrupt();
                join(accepting, end);
            }
            workers.forEach((worker, connection) -> {
                close("control connection", connection);
                worker.interrupt();
            });
            for (Thread worker : workers.keySet()) {
                join(worker, end);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (!workers.isEmpty()) {
            LOG.warn("{} commands do not end, left behind", workers.size());
        }
    }

    private static void join(Thread thread, long end) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }

    private static void close(String what, Closeable resource) {
        try {
            resource.close();
        } catch (IOException failure) {
            LOG.warn("closing {}: {}", what, failure.getMessage());
        }
    }
}
