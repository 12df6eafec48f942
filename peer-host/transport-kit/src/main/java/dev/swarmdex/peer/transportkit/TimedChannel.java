package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking connection with a deadline that a {@link Watchdog} enforces, because a SocketChannel has no timeouts of its
 * own. The deadline stays until the next {@link #allow} or {@link #allowForever}. A failure to read or to write closes it.
 * Safe for many threads, of which one reads and one writes at a time.
 */
public final class TimedChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimedChannel.class);
    private static final long NONE = 0;

    private final SocketChannel channel;
    private final Consumer<TimedChannel> whenClosed;
    private volatile long deadline = NONE;
    private volatile boolean expired;
    private volatile long lastUsed = System.nanoTime();

    private TimedChannel(SocketChannel channel, Consumer<TimedChannel> whenClosed) {
        this.channel = channel;
        this.whenClosed = whenClosed;
    }

    /** Takes over a connection that a server accepted, and closes it if that fails. */
    static TimedChannel accepted(SocketChannel channel, Watchdog watchdog) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            TimedChannel accepted = new TimedChannel(channel, watchdog::remove);
            watchdog.add(accepted);
            return accepted;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * A connection to a peer. The caller closes it.
     *
     * @param timeout the longest that connecting may take, and the shortest that will be allowed afterwards
     */
    public static TimedChannel connect(Endpoint endpoint, Duration timeout) throws IOException {
        TimedChannel channel = unconnected(timeout);
        channel.connectTo(endpoint, timeout);
        return channel;
    }

    /** A connection that is still to be made, and can be closed while it is. */
    static TimedChannel unconnected(Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Watchdog watchdog = Watchdog.start(timeout);
        TimedChannel unconnected = new TimedChannel(channel, closed -> watchdog.close());
        watchdog.add(unconnected);
        return unconnected;
    }

    /** Makes the connection, or closes the channel. */
    void connectTo(Endpoint endpoint, Duration timeout) throws IOException {
        try {
            long begin = System.nanoTime();
            InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
            if (address.isUnresolved()) {
                throw new IOException("no such host");
            }
            // to look the name up takes its part of the time; through the socket, because a channel's own connect has no timeout
            long left = timeout.minusNanos(System.nanoTime() - begin).toMillis();
            channel.socket().connect(address, Math.clamp(left, 1, Integer.MAX_VALUE));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (SocketTimeoutException e) {
            close();
            throw new IOException("can't connect to " + endpoint + ": no answer in " + timeout.toMillis() + " ms", e);
        } catch (IOException e) {
            close();
            throw new IOException("can't connect to " + endpoint + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** From now on whatever is done with this channel has to be done within this time. */
    public void allow(Duration time) {
        long now = System.nanoTime();
        lastUsed = now;
        long at = now + time.toNanos();
        deadline = at == NONE ? 1 : at;
    }

    /** From now on there is no hurry. */
    public void allowForever() {
        deadline = NONE;
    }

    /** For how long nothing was allowed, which is done before each message. */
    long idleNanos(long now) {
        return now - lastUsed;
    }

    void closeIfLate(long now) {
        long at = deadline;
        if (at != NONE && now - at > 0) {
            expired = true;
            close();
        }
    }

    /** Reads at least one byte; false when the other side has closed its end instead. */
    public boolean read(ByteBuffer target) throws IOException {
        try {
            return channel.read(target) >= 0;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes all that remains. */
    public void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Tells the other side that nothing more will come; what it sends can still be read. */
    public void endOutput() throws IOException {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The channel itself, into which the kernel can send a file. */
    public SocketChannel socket() {
        return channel;
    }

    /** Whether it was not closed on this side. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    private IOException failed(IOException cause) {
        close();
        if (expired) {
            return new SocketTimeoutException("the other side did not answer in time");
        }
        return cause instanceof ClosedChannelException ? new IOException("the connection was closed", cause) : cause;
    }

    /** Ends whatever is under way on it with an IOException. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", channel, e.getMessage());
        }
        whenClosed.accept(this);
    }

    /** Both addresses, for the log. */
    @Override
    public String toString() {
        return channel.toString();
    }
}
