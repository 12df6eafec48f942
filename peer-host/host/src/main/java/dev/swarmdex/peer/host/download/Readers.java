package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that read from one offer and write what they read. An interrupt would close the file they write, so they
 * get none: they end when the connection they read from is closed.
 */
final class Readers {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private Readers() {}

    /** What each of them does. */
    interface Body {

        void read() throws IOException, InterruptedException;
    }

    /** Runs that many readers until all have ended; the first failure ends the transfer, and is thrown. */
    static void run(int count, SourceTransfer transfer, Body body) throws IOException, InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readers.add(Thread.ofVirtual().name("read-" + transfer.candidate().peer()).start(() -> {
                try {
                    body.read();
                } catch (Exception problem) {
                    failure.compareAndSet(null, problem);
                    transfer.close();
                }
            }));
        }
        for (Thread reader : readers) {
            if (!joinWhileWanted(reader, transfer)) {
                failure.compareAndSet(null, new IOException("its transport does not end a read"));
            }
        }
        rethrow(failure.get());
    }

    /**
     * Waits until a thread that uses a connection has ended. It has to once the connection is closed: if its transport does
     * not keep to that, the thread is left behind.
     *
     * @return whether it has ended
     */
    static boolean joinWhileWanted(Thread thread, SourceTransfer transfer) {
        boolean interrupted = false;
        while (true) {
            boolean mustEnd = transfer.isLeaving();
            try {
                if (thread.join(mustEnd ? transfer.patience() : LOOK_AGAIN)) {
                    break;
                }
                if (mustEnd) {
                    LOG.warn("the transport of {} does not end a call although the connection is closed, left behind",
                            transfer.candidate().endpoint());
                    break;
                }
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException, InterruptedException {
        switch (failure) {
            case null -> {
            }
            case IOException known -> throw known;
            case InterruptedException stopped -> throw stopped;
            default -> throw new IOException("its transport failed: " + failure, failure);
        }
    }
}
