package dev.swarmdex.server.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens with one socket and one thread for each core, on Linux. The sockets share the port; the system deals datagrams out
 * by their source, so that what comes from one socket of a client is always handled by the same thread.
 */
final class BatchUdpListener implements UdpListener {

    private static final Logger LOG = LoggerFactory.getLogger(BatchUdpListener.class);

    private final String protocol;
    private final InetSocketAddress bind;
    private final Supplier<DatagramHandler> handlers;
    private final FailureLog failures;
    private final List<BatchSocket> sockets = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private @Nullable InetSocketAddress bound;
    private volatile boolean receiving;

    BatchUdpListener(String protocol, InetSocketAddress bind, Supplier<DatagramHandler> handlers) {
        this.protocol = protocol;
        this.bind = bind;
        this.handlers = handlers;
        this.failures = new FailureLog(protocol);
    }

    @Override
    public void start() throws CannotListenException {
        try {
            if (!LinuxSockets.isSupported()) {
                throw new IOException("engine = \"batch\" needs Linux on x86-64 or aarch64");
            }
            if (bind.isUnresolved()) {
                throw new IOException("no such host");
            }
            openSockets();
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotListenException(protocol, bind, e);
        }
        receiving = true;
        for (int i = 0; i < sockets.size(); i++) {
            BatchSocket socket = sockets.get(i);
            threads.add(Thread.ofPlatform().name(protocol + "-listener-" + i).start(() -> receive(socket)));
        }
        LOG.info("{} front-end listens on udp://{} with {} sockets", protocol, CannotListenException.shown(address()),
                sockets.size());
    }

    /** Sockets that share a port would share it with another server's too: so one that does not share it goes first. */
    private void openSockets() throws IOException {
        InetSocketAddress free;
        try (BatchSocket alone = new BatchSocket(bind, false)) {
            free = alone.address();
        }
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            sockets.add(new BatchSocket(free, true));
        }
        bound = free;
    }

    @Override
    public InetSocketAddress address() {
        if (bound == null) {
            throw new IllegalStateException("the listener is not started");
        }
        return bound;
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress target) {
        sockets.getFirst().send(datagram, target);
    }

    private void receive(BatchSocket socket) {
        DatagramHandler handler = guarded(handlers.get());
        while (receiving) {
            try {
                socket.receive(handler);
            } catch (IOException | RuntimeException | Error e) {
                failures.happened("a socket could not be read", e);
            }
        }
    }

    /** One datagram that can't be handled must not cost the others of its batch. */
    private DatagramHandler guarded(DatagramHandler handler) {
        return new DatagramHandler() {
            @Override
            public void received(ByteBuffer datagram, Sender sender) {
                try {
                    handler.received(datagram, sender);
                } catch (RuntimeException | Error e) {
                    failures.happened("a datagram could not be handled", e);
                }
            }

            @Override
            public void expect(ByteBuffer datagram) {
                try {
                    handler.expect(datagram);
                } catch (RuntimeException | Error e) {
                    failures.happened("a datagram could not be looked at", e);
                }
            }
        };
    }

    @Override
    public void stopReceiving() {
        receiving = false;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopReceiving();
        for (BatchSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.warn("a socket of the {} front-end could not be closed: {}", protocol, e.getMessage());
            }
        }
    }
}
