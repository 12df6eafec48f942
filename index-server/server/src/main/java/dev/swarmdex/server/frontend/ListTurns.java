package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to be sent a list over TCP, which may be as long as ten thousand names, and stays in memory until its client has
 * read it. So a few are made or sent at once, and fewer from one address; the others wait in the order in which they came. Safe for
 * any number of threads.
 */
final class ListTurns {

    static final int FROM_ONE_ADDRESS = 2;

    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore all = new Semaphore(AT_ONCE, true);
    private final Map<InetAddress, Address> addresses = new ConcurrentHashMap<>();
    private final Duration patience;

    /** What waits for its turn or has it, of one address; whoever has the last one takes it out of the map. */
    private record Address(Semaphore turns, int clients) {}

    /** What is done in a turn. */
    @FunctionalInterface
    interface Sending {

        void send() throws IOException;
    }

    ListTurns() {
        this(PATIENCE);
    }

    /** Turns that are waited for no longer than that, once for those of the address and once for those of all. */
    ListTurns(Duration patience) {
        this.patience = patience;
    }

    /** Sends a list when its turn has come; whether it came in time. */
    boolean send(InetAddress client, Sending list) throws IOException {
        Semaphore own = addresses.compute(client, (_, known) -> known == null
                ? new Address(new Semaphore(FROM_ONE_ADDRESS, true), 1)
                : new Address(known.turns, known.clients + 1)).turns;
        try {
            return inTurn(own, () -> inTurn(all, () -> {
                list.send();
                return true;
            }));
        } finally {
            addresses.computeIfPresent(client,
                    (_, known) -> known.clients == 1 ? null : new Address(known.turns, known.clients - 1));
        }
    }

    private interface Step {

        boolean take() throws IOException;
    }

    private boolean inTurn(Semaphore turns, Step next) throws IOException {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for a turn").initCause(e);
        }
        try {
            return next.take();
        } finally {
            turns.release();
        }
    }
}
