package dev.swarmdex.server.listen;

import dev.swarmdex.server.address.Addresses;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens with a datagram channel of the JDK and one thread, which reads one datagram after the other. */
final class PortableUdpListener implements UdpListener {

    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    /** What the system is asked to hold while the thread is busy; it may give less. */
    private static final int SOCKET_BUFFER = 4 << 20;

    private final String protocol;
    private final InetSocketAddress bind;
    private final DatagramHandler handler;
    private final FailureLog failures;
    private volatile boolean receiving;
    private @Nullable DatagramChannel channel;
    private @Nullable Selector selector;
    private @Nullable Thread thread;

    PortableUdpListener(String protocol, InetSocketAddress bind, DatagramHandler handler) {
        this.protocol = protocol;
        this.bind = bind;
        this.handler = handler;
        this.failures = new FailureLog(protocol);
    }

    @Override
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

    @Override
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

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress target) {
        DatagramChannel open = channel;
        try {
            if (open != null) {
                open.send(datagram, target);
            }
        } catch (ClosedChannelException e) {
            LOG.debug("a reply to {} came too late", target);
        } catch (IOException e) {
            failures.happened("a reply to " + target + " could not be sent", e);
        }
    }

    @Override
    public void stopReceiving() {
        receiving = false;
        if (selector != null) {
            selector.wakeup();
        }
        joinThread();
    }

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
        ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        while (receiving) {
            try {
                ready.select(_ -> drain(open, buffer));
            } catch (IOException | RuntimeException | Error e) {
                failures.happened("the socket could not be read", e);
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
                handler.received(buffer.flip(), new ChannelSender(this, source));
            } catch (IOException | RuntimeException | Error e) {
                failures.happened("a datagram could not be handled", e);
            }
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

    /** The sender of one datagram. */
    private record ChannelSender(PortableUdpListener listener, InetSocketAddress address) implements Sender {

        @Override
        public long addressHigh() {
            return Addresses.high(address.getAddress());
        }

        @Override
        public long addressLow() {
            return Addresses.low(address.getAddress());
        }

        @Override
        public int port() {
            return address.getPort();
        }

        @Override
        public void reply(ByteBuffer datagram) {
            listener.send(datagram, address);
        }

        @Override
        public Later later() {
            return this::reply;
        }
    }
}
