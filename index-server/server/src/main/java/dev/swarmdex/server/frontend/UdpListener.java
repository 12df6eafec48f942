package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket and the thread that reads it. Datagrams are sent by any thread, without waiting: where the system's buffer
 * is full one is lost, as on any UDP path, and the client asks again.
 */
public final class UdpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    /** More than any protocol's datagram, so that a longer one shows. */
    private static final int BUFFER = 2048;
    /** What the system is asked to hold while the thread is busy; it may give less. */
    private static final int SOCKET_BUFFER = 4 << 20;

    private final String protocol;
    private final InetSocketAddress bind;
    private final DatagramHandler handler;
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean receiving;
    private @Nullable DatagramChannel channel;
    private @Nullable Selector selector;
    private @Nullable Thread thread;

    /** Takes what arrives, on the listener's thread. The buffer is the listener's again once this returns. */
    @FunctionalInterface
    public interface DatagramHandler {

        /** Handles the datagram between the buffer's position and limit. Must not block. */
        void received(ByteBuffer datagram, InetSocketAddress source);
    }

    /** A listener that does not listen yet. */
    public UdpListener(String protocol, InetSocketAddress bind, DatagramHandler handler) {
        this.protocol = protocol;
        this.bind = bind;
        this.handler = handler;
    }

    /** Binds the address and begins to receive. */
    public void start() throws CannotListenException {
        try {
            selector = Selector.open();
            // A socket of the IPv6 family would turn 0.0.0.0 into "IPv6 as well".
            boolean ipv4 = bind.getAddress() instanceof Inet4Address;
            channel = ipv4 ? DatagramChannel.open(StandardProtocolFamily.INET) : DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            channel.bind(bind);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotListenException(protocol, bind, e);
        }
        receiving = true;
        DatagramChannel open = channel;
        Selector ready = selector;
        thread = Thread.ofPlatform().name(protocol + "-listener").start(() -> receive(open, ready));
        LOG.info("{} front-end listens on udp://{}", protocol, CannotListenException.shown(address()));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        try {
            if (channel != null && channel.getLocalAddress() instanceof InetSocketAddress address) {
                return address;
            }
        } catch (IOException e) {
            throw new IllegalStateException("the listener is closed", e);
        }
        throw new IllegalStateException("the listener is not started");
    }

    /** Sends a datagram, or drops it if there is no room for it or the listener is closed. */
    public void send(ByteBuffer datagram, InetSocketAddress target) {
        DatagramChannel open = channel;
        try {
            if (open != null) {
                open.send(datagram, target);
            }
        } catch (ClosedChannelException e) {
            LOG.debug("a reply to {} came too late", target);
        } catch (IOException e) {
            failed("a reply to " + target + " could not be sent", e);
        }
    }

    /** Receives no more; once this returns, the handler is not called again. Sending goes on. */
    public void stopReceiving() {
        receiving = false;
        if (selector != null) {
            selector.wakeup();
        }
        joinThread();
    }

    /** Ends everything. */
    @Override
    public void close() {
        stopReceiving();
        try {
            if (channel != null) {
                channel.close();
            }
            if (selector != null) {
                selector.close();
            }
        } catch (IOException e) {
            LOG.warn("the {} front-end's socket could not be closed: {}", protocol, e.getMessage());
        }
    }

    private void receive(DatagramChannel open, Selector ready) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        while (receiving) {
            try {
                ready.select(_ -> drain(open, buffer));
            } catch (IOException e) {
                failed("the socket could not be read", e);
            }
        }
    }

    private void drain(DatagramChannel open, ByteBuffer buffer) {
        while (receiving) {
            try {
                buffer.clear();
                if (!(open.receive(buffer) instanceof InetSocketAddress source)) {
                    return;
                }
                handler.received(buffer.flip(), source);
            } catch (IOException | RuntimeException e) {
                failed("a datagram could not be handled", e);
            }
        }
    }

    /** One hostile client must not fill the log: only the 1st, 2nd, 4th, 8th … failure is told. */
    private void failed(String what, Exception e) {
        long count = failures.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.error("{} front-end: {} (failure {})", protocol, what, count, e);
        }
    }

    private void joinThread() {
        if (thread == null || thread.equals(Thread.currentThread())) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
