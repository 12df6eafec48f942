package dev.swarmdex.server;

import dev.swarmdex.store.StoreObserver;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Holds a store's writer after its next commit, so that what is submitted meanwhile waits. A refusal fails the test. */
public final class HeldWriter implements StoreObserver {

    private volatile CountDownLatch writing = new CountDownLatch(0);

    /** From now on the writer stops after each commit. */
    public void hold() {
        writing = new CountDownLatch(1);
    }

    /** Lets the writer go on. */
    public void release() {
        writing.countDown();
    }

    @Override
    public void committed(int items, Duration took) {
        try {
            writing.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void refused(int items) {
        throw new AssertionError(items + " were refused");
    }
}
