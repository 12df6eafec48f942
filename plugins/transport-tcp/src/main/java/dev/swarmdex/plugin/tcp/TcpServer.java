package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening side: one virtual thread accepts, one serves each connection. */
final class TcpServer implements Server {

    private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);
    private static final int BACKLOG = 512;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final ServerLimits limits;
    private final Shelf shelf;
    private final Watchdog watchdog;
    private final Set<TimedChannel> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tcp-server-", 0).factory());

    private TcpServer(ServerSocketChannel listener, ServerLimits limits, Shelf shelf, Watchdog watchdog)
            throws IOException {
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.limits = limits;
        this.shelf = shelf;
        this.watchdog = watchdog;
    }

    static TcpServer start(InetSocketAddress bind, ServerLimits limits, Shelf shelf) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(bind, BACKLOG);
            TcpServer server = new TcpServer(listener, limits, shelf, Watchdog.start(limits.shortest()));
            server.threads.execute(server::accept);
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
    int connections() {
        return open.size();
    }

    private void accept() {
        boolean full = false;
        while (listener.isOpen()) {
            try {
                TimedChannel channel = TimedChannel.of(listener.accept());
                boolean refused = open.size() >= limits.connections();
                if (refused) {
                    channel.close();
                } else {
                    admit(channel);
                }
                if (refused && !full) {
                    LOG.warn("tcp server {}: refuses connections, {} are open", address, limits.connections());
                }
                full = refused;
            } catch (ClosedChannelException e) {
                LOG.debug("tcp server {}: stopped", address);
            } catch (IOException e) {
                // out of file descriptors, say: that may pass
                LOG.warn("tcp server {}: can't accept a connection: {}", address, e.getMessage());
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private void admit(TimedChannel channel) {
        open.add(channel);
        watchdog.add(channel);
        try {
            threads.execute(() -> serve(channel));
        } catch (RejectedExecutionException e) {
            // closed meanwhile
            forget(channel);
        }
    }

    private void serve(TimedChannel channel) {
        try {
            new ServedConnection(channel, limits, shelf).run();
        } catch (IOException e) {
            LOG.debug("tcp server {}: {} is gone: {}", address, channel, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("tcp server {}: {} failed", address, channel, e);
        } finally {
            forget(channel);
        }
    }

    private void forget(TimedChannel channel) {
        channel.close();
        watchdog.remove(channel);
        open.remove(channel);
    }

    @Override
    public void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("tcp server {}: can't close its socket: {}", address, e.getMessage());
        }
    }

    @Override
    public void close() {
        stopListening();
        watchdog.close();
        threads.shutdown();
        open.forEach(TimedChannel::close);
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("tcp server {}: a transfer does not end, left behind", address);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
