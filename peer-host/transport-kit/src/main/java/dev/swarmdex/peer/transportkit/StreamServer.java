package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening side of a transport over TCP: one virtual thread accepts, one serves each client. When there are as many
 * as the limit allows, a newcomer takes a place from the network address that has the most; if none has more than the
 * newcomer's own, it is turned away.
 */
public final class StreamServer implements Server {

    private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);
    private static final int BACKLOG = 512;
    /** The bytes of an address, and those of them that tell the network. */
    private static final int IPV6 = 16;
    private static final int NETWORK = 8;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final String scheme;
    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final ServerLimits limits;
    private final Service service;
    private final Watchdog watchdog;
    /** The clients, with their networks. */
    private final Map<TimedChannel, ByteBuffer> open = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What a server does for its clients; called on one thread for each of them. */
    @FunctionalInterface
    public interface Service {

        /**
         * Serves a client until it is done or has left. The channel has no deadline yet; the server closes it afterwards.
         *
         * @throws IOException when the client left, was too slow or broke the protocol, which is not worth a log line
         */
        void serve(TimedChannel client) throws IOException;
    }

    private StreamServer(String scheme, ServerSocketChannel listener, ServerLimits limits, Service service)
            throws IOException {
        this.scheme = scheme;
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.limits = limits;
        this.service = service;
        this.watchdog = Watchdog.start(limits.shortest());
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(scheme + "-server-", 0).factory());
    }

    /**
     * A server that listens.
     *
     * @param scheme of the transport, for threads and the log
     * @throws IOException when the address can't be bound, with a message for the operator
     */
    public static StreamServer start(String scheme, InetSocketAddress bind, ServerLimits limits, Service service)
            throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(bind, BACKLOG);
            StreamServer server = new StreamServer(scheme, listener, limits, service);
            server.threads.execute(server::listen);
            return server;
        } catch (IOException | RuntimeException e) {
            listener.close();
            // an address prints as name/address:port, with or without the name
            String address = bind.toString().replaceFirst(".*/", "");
            throw new IOException("can't listen on " + address + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    private void listen() {
        try {
            accept();
        } finally {
            stopped.countDown();
        }
    }

    private void accept() {
        boolean full = false;
        while (listener.isOpen()) {
            try {
                TimedChannel channel = TimedChannel.accepted(listener.accept(), watchdog);
                ByteBuffer network = network(channel);
                boolean refused = open.size() >= limits.connections() && !makeRoomFor(network);
                if (refused) {
                    channel.close();
                } else {
                    admit(channel, network);
                }
                if (refused && !full) {
                    LOG.warn("{} server {}: refuses connections, {} are open", scheme, address, limits.connections());
                }
                full = refused;
            } catch (ClosedChannelException e) {
                LOG.debug("{} server {}: stopped", scheme, address);
            } catch (IOException e) {
                // out of file descriptors, say: that may pass
                LOG.warn("{} server {}: can't accept a connection: {}", scheme, address, e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    /** An address, or of an IPv6 one the half that tells the network: the other half anybody chooses freely. */
    private static ByteBuffer network(TimedChannel channel) throws IOException {
        if (!(channel.socket().getRemoteAddress() instanceof InetSocketAddress remote)) {
            throw new ClosedChannelException();
        }
        byte[] address = remote.getAddress().getAddress();
        return ByteBuffer.wrap(address, 0, address.length == IPV6 ? NETWORK : address.length);
    }

    /** Closes the longest idle client of the network that has the most, if that leaves it no fewer than the newcomer's. */
    private boolean makeRoomFor(ByteBuffer newcomers) {
        Map<ByteBuffer, List<TimedChannel>> networks = new HashMap<>();
        open.forEach((client, network) -> networks.computeIfAbsent(network, _ -> new ArrayList<>()).add(client));
        List<TimedChannel> most = networks.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
        if (most.size() <= networks.getOrDefault(newcomers, List.of()).size() + 1) {
            return false;
        }
        long now = System.nanoTime();
        most.stream().max(Comparator.comparingLong(client -> client.idleNanos(now))).ifPresent(idle -> {
            LOG.debug("{} server {}: full, {} makes room", scheme, address, idle);
            forget(idle);
        });
        return true;
    }

    private void admit(TimedChannel channel, ByteBuffer network) {
        open.put(channel, network);
        try {
            threads.execute(() -> serve(channel));
        } catch (RejectedExecutionException e) {
            // closed meanwhile
            forget(channel);
        }
    }

    private void serve(TimedChannel channel) {
        try {
            service.serve(channel);
        } catch (IOException e) {
            LOG.debug("{} server {}: {} is gone: {}", scheme, address, channel, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("{} server {}: {} failed", scheme, address, channel, e);
        } finally {
            forget(channel);
        }
    }

    private void forget(TimedChannel channel) {
        channel.close();
        open.remove(channel);
    }

    @Override
    public void stopListening() {
        try {
            listener.close();
            // the address is free once the thread that accepts has let go of the socket
            if (!stopped.await(1, TimeUnit.SECONDS)) {
                LOG.warn("{} server {}: its socket is not closed yet", scheme, address);
            }
        } catch (IOException e) {
            LOG.warn("{} server {}: can't close its socket: {}", scheme, address, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopListening();
        watchdog.close();
        threads.shutdown();
        open.keySet().forEach(TimedChannel::close);
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("{} server {}: a transfer does not end, left behind", scheme, address);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
