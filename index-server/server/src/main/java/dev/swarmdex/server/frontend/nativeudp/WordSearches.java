package dev.swarmdex.server.frontend.nativeudp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs searches by words on a thread of their own, one after the other: in a million names many misspelt words take a third of
 * a second, for which no other lookup must wait. That thread rests as long as it works, and only so many searches wait, of one
 * address fewer: so whoever sends the dearest ones takes half of one processor at most, and leaves room in the queue. Safe for
 * any number of threads.
 */
final class WordSearches implements AutoCloseable {

    /** How many may wait or run that came from one address. */
    static final int MOST_OF_ONE = 4;
    private static final int WAITING = 64;
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(WordSearches.class);

    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().name("native-words").factory());
    private final Map<InetAddress, Integer> present = new ConcurrentHashMap<>();

    /** Has a search run and answered; false if too many others wait. */
    boolean run(Runnable search, InetAddress from) {
        if (present.merge(from, 1, Integer::sum) > MOST_OF_ONE) {
            left(from);
            return false;
        }
        try {
            worker.execute(() -> runNow(search, from));
            return true;
        } catch (RejectedExecutionException e) {
            left(from);
            return false;
        }
    }

    /** Drops what waits. */
    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a search by words is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runNow(Runnable search, InetAddress from) {
        long start = System.nanoTime();
        try {
            search.run();
        } catch (RuntimeException e) {
            LOG.error("a search by words for {} failed", from, e);
        } finally {
            left(from);
        }
        try {
            Thread.sleep(Duration.ofNanos(System.nanoTime() - start));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void left(InetAddress from) {
        present.computeIfPresent(from, (_, count) -> count == 1 ? null : count - 1);
    }
}
