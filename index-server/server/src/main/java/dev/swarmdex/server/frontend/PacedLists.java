package dev.swarmdex.server.frontend;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies of many datagrams, one reply after the other, on a thread of its own: making a list must not keep others
 * waiting, and a program that reads with a small buffer would lose what comes at once. So there is a short pause
 * after each few datagrams.
 */
public final class PacedLists implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PacedLists.class);
    private static final int WAITING = 256;
    /** A socket's usual buffer holds about 270 datagrams of 100 bytes. */
    private static final int AT_ONCE = 32;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final BiConsumer<ByteBuffer, InetSocketAddress> sender;
    private final ThreadPoolExecutor worker;

    /** Lists of that protocol, whose datagrams go to the sender. */
    public PacedLists(String protocol, BiConsumer<ByteBuffer, InetSocketAddress> sender) {
        this.sender = sender;
        worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name(protocol + "-lists").factory());
    }

    /** Has a list made and sent; false if too many others wait. */
    public boolean send(Supplier<List<ByteBuffer>> list, InetSocketAddress target) {
        try {
            worker.execute(() -> sendNow(list, target));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Drops what waits, and stops in the middle of a list. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a list is still being sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendNow(Supplier<List<ByteBuffer>> list, InetSocketAddress target) {
        try {
            int sent = 0;
            for (ByteBuffer datagram : list.get()) {
                if (sent > 0 && sent % AT_ONCE == 0) {
                    Thread.sleep(PAUSE);
                }
                sender.accept(datagram.duplicate(), target);
                sent++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a list for {} could not be sent", target, e);
        }
    }
}
