package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast a source sends, by the time that is spent waiting for it: what the sink takes, with our own limit in it, does
 * not count. A source may renew its deadline for ever with a byte now and then; here that shows. One thread reads; any
 * may ask.
 */
final class Pace implements Offer.Sink {

    /** Slower than this, a source is left for another, in bytes a second. */
    private static final int SLOWEST = 10_000;

    private final Offer.Sink sink;
    private final long period;
    private final LongSupplier clock;
    private boolean waiting = true;
    private long waitingSince;
    private long waited;
    private long came;
    private boolean slow;

    /**
     * The pace of a source that is waited for from now on.
     *
     * @param period how much waiting it takes to tell
     */
    Pace(Offer.Sink sink, Duration period, LongSupplier clock) {
        this.sink = sink;
        this.period = period.toNanos();
        this.clock = clock;
        this.waitingSince = clock.getAsLong();
    }

    @Override
    public void accept(ByteBuffer chunk) throws IOException {
        arrived(chunk.remaining());
        try {
            sink.accept(chunk);
        } finally {
            waitAgain();
        }
    }

    private synchronized void arrived(int bytes) {
        measure();
        waiting = false;
        came += bytes;
    }

    private synchronized void waitAgain() {
        waiting = true;
        waitingSince = clock.getAsLong();
    }

    /** Whether it was too slow the last time that there was enough waiting to tell. */
    synchronized boolean isSlow() {
        if (waiting) {
            measure();
        }
        return slow;
    }

    private void measure() {
        long now = clock.getAsLong();
        waited += now - waitingSince;
        waitingSince = now;
        if (waited >= period) {
            slow = came < SLOWEST * (waited / 1e9);
            waited = 0;
            came = 0;
        }
    }
}
