package dev.swarmdex.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock for leases that goes on only when it is told to. */
public final class FakeTime implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(System.nanoTime());

    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
