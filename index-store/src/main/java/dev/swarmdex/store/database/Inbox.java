package dev.swarmdex.store.database;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The changes that wait for the writer, bounded by the number of their items. Any number of threads offer, one takes. After
 * {@link #close} nothing comes in and what is in still goes out, so that no change is left without an answer.
 */
final class Inbox {

    /** Batches from that size on are load. */
    private static final int BUSY = 256;
    private static final Duration LINGER = Duration.ofMillis(2);

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Submission<?>> waiting = new ArrayDeque<>();
    private int items;
    private int lastTaken;
    private boolean closed;

    enum Answer {
        ACCEPTED, FULL, CLOSED
    }

    Inbox(int capacity) {
        this.capacity = capacity;
    }

    Answer offer(Submission<?> submission) {
        lock.lock();
        try {
            if (closed) {
                return Answer.CLOSED;
            }
            if (items + submission.weight() > capacity) {
                return Answer.FULL;
            }
            items += submission.weight();
            waiting.add(submission);
            changed.signal();
            return Answer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for changes, for that long at most, and takes as many, in order, as have together at most that many items, but at
     * least one if there is any.
     */
    List<Submission<?>> take(int mostItems, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            linger(mostItems);
            List<Submission<?>> taken = new ArrayList<>();
            int weight = 0;
            for (var next = waiting.peek(); next != null; next = waiting.peek()) {
                weight += next.weight();
                if (weight > mostItems && !taken.isEmpty()) {
                    break;
                }
                items -= next.weight();
                taken.add(waiting.remove());
            }
            lastTaken = weight;
            return taken;
        } catch (InterruptedException e) {
            return List.of(); // nobody interrupts the store's own thread; if somebody did, it goes on
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is in, and nothing will come in. */
    boolean isOver() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int items() {
        lock.lock();
        try {
            return items;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Under load, those that were just answered are about to ask again: to wait for them for a moment makes one batch of what
     * would be a small one and a large one. A caller that asks alone does not wait.
     */
    private void linger(int mostItems) throws InterruptedException {
        int expected = Math.min(lastTaken, mostItems);
        if (expected < BUSY) {
            return;
        }
        long left = LINGER.toNanos();
        while (items < expected && !closed && left > 0) {
            left = changed.awaitNanos(left);
        }
    }
}
