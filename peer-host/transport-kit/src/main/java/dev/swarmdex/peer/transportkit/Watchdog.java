package dev.swarmdex.peer.transportkit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Closes the channels whose time is up; owns one virtual thread. */
final class Watchdog implements AutoCloseable {

    private final Set<TimedChannel> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    private Watchdog(Duration tick) {
        thread = Thread.ofVirtual().name("transport-watchdog").unstarted(() -> watch(tick));
    }

    /**
     * A running watchdog.
     *
     * @param timeout the shortest it has to enforce; a channel is closed at most a quarter of it too late
     */
    static Watchdog start(Duration timeout) {
        Duration tick = timeout.dividedBy(4);
        Watchdog watchdog = new Watchdog(tick.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : tick);
        watchdog.thread.start();
        return watchdog;
    }

    void add(TimedChannel channel) {
        watched.add(channel);
    }

    void remove(TimedChannel channel) {
        watched.remove(channel);
    }

    private void watch(Duration tick) {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, tick.toNanos());
            long now = System.nanoTime();
            watched.forEach(channel -> channel.closeIfLate(now));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
