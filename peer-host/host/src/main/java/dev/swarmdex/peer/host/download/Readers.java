package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read from one offer and write what they read. An interrupt would close the file they write, so they
 * get none: they end when the connection they read from is closed.
 */
final class Readers {

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
            joinFully(reader);
        }
        rethrow(failure.get());
    }

    /** Waits for a thread's end, however often it is interrupted meanwhile. */
    static void joinFully(Thread reader) {
        boolean interrupted = false;
        while (true) {
            try {
                reader.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
