package dev.swarmdex.server.frontend;

import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.TcpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP socket and its connections, each with a virtual thread of its own for as long as it lasts. Their number is bounded, in
 * all and from one address; more are closed as soon as they come.
 */
public final class TcpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int MOST_CONNECTIONS = 2_000;
    private static final int BACKLOG = 200;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** So that a want of file handles doesn't become a busy loop. */
    private static final Duration AFTER_FAILURE = Duration.ofMillis(50);

    private final String protocol;
    private final InetSocketAddress bind;
    private final ConnectionHandler handler;
    private final Guard guard;
    private final Tally tally;
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
    private volatile boolean accepting;
    private @Nullable ServerSocket server;
    private @Nullable Thread thread;

    /** Serves a connection, on its thread. */
    @FunctionalInterface
    public interface ConnectionHandler {

        /** Serves until the client or {@link #close} ends it; the listener closes the socket afterwards. */
        void serve(Socket socket) throws IOException;
    }

    /** A listener that does not listen yet. What it turns away is counted as limited or ignored. */
    public TcpListener(String protocol, InetSocketAddress bind, ConnectionHandler handler, Guard guard, Tally tally) {
        this.protocol = protocol;
        this.bind = bind;
        this.handler = handler;
        this.guard = guard;
        this.tally = tally;
    }

    /** Binds the address and begins to accept. */
    public void start() throws CannotListenException {
        ServerSocket open;
        try {
            open = TcpSockets.listen(bind, BACKLOG).socket();
        } catch (IOException | RuntimeException e) {
            throw new CannotListenException(protocol, bind, e);
        }
        server = open;
        accepting = true;
        thread = Thread.ofPlatform().name(protocol + "-listener").start(() -> accept(open));
        LOG.info("{} front-end listens on tcp://{}", protocol, CannotListenException.shown(address()));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        if (server != null && server.getLocalSocketAddress() instanceof InetSocketAddress address) {
            return address;
        }
        throw new IllegalStateException("the listener is not started");
    }

    /** Closes the address and all connections, and waits a moment for their threads. */
    @Override
    public void close() {
        accepting = false;
        if (server != null) {
            close(server);
        }
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            if (thread != null) {
                thread.join(FAREWELL);
            }
            connections.keySet().forEach(this::close);
            for (Thread each : connections.values()) {
                each.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket open) {
        while (accepting) {
            try {
                admit(open.accept());
            } catch (IOException e) {
                if (accepting) {
                    LOG.error("{} front-end: a connection could not be accepted: {}", protocol, e.getMessage());
                    pause();
                }
            } catch (RuntimeException | Error e) {
                // a fault of this program, which must not end its only listener
                LOG.error("{} front-end: a connection could not be accepted", protocol, e);
                pause();
            }
        }
    }

    private void admit(Socket socket) {
        if (!guard.connections().admits(socket.getInetAddress())) {
            tally.limited();
            close(socket);
            return;
        }
        if (!room.tryAcquire()) {
            tally.ignored();
            guard.connections().left(socket.getInetAddress());
            close(socket);
            return;
        }
        Thread serving = Thread.ofVirtual().name(protocol + "-connection").unstarted(() -> serve(socket));
        connections.put(socket, serving);
        serving.start();
    }

    private void serve(Socket socket) {
        try {
            // Whoever vanishes without a word is noticed by the system in the end.
            socket.setKeepAlive(true);
            socket.setTcpNoDelay(true);
            handler.serve(socket);
        } catch (IOException e) {
            LOG.debug("{} connection of {} broke: {}", protocol, socket.getRemoteSocketAddress(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} connection of {} failed", protocol, socket.getRemoteSocketAddress(), e);
        } finally {
            close(socket);
            connections.remove(socket);
            room.release();
            guard.connections().left(socket.getInetAddress());
        }
    }

    private void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.warn("a socket of the {} front-end could not be closed: {}", protocol, e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
