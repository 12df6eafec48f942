package dev.swarmdex.plugin.tcp;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking connection with a deadline that a {@link Watchdog} enforces, because a SocketChannel has no timeouts of its
 * own. The deadline stays until the next {@link #allow} or {@link #allowForever}. A failure to read or to write closes it.
 * Safe for many threads.
 */
final class TimedChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimedChannel.class);
    private static final long NONE = 0;

    private final SocketChannel channel;
    private volatile long deadline = NONE;
    private volatile boolean expired;

    private TimedChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /** Takes over a connected channel, and closes it if that fails. */
    static TimedChannel of(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new TimedChannel(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** From now on whatever is done with this channel has to be done within this time. */
    void allow(Duration time) {
        long at = System.nanoTime() + time.toNanos();
        deadline = at == NONE ? 1 : at;
    }

    void allowForever() {
        deadline = NONE;
    }

    void closeIfLate(long now) {
        long at = deadline;
        if (at != NONE && now - at > 0) {
            expired = true;
            close();
        }
    }

    /** Reads at least one byte. */
    void read(ByteBuffer target) throws IOException {
        try {
            if (channel.read(target) < 0) {
                throw new EOFException("the other side closed the connection");
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Writes all that remains. */
    void write(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The channel itself, into which the kernel can send a file. */
    SocketChannel socket() {
        return channel;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    private IOException failed(IOException cause) {
        close();
        if (expired) {
            return new SocketTimeoutException("the other side did not answer in time");
        }
        return cause instanceof ClosedChannelException ? new IOException("the connection was closed", cause) : cause;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", channel, e.getMessage());
        }
    }

    /** Both addresses, for the log. */
    @Override
    public String toString() {
        return channel.toString();
    }
}
