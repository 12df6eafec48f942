package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.protocol.nativeudp.Load;
import java.util.function.LongSupplier;

/**
 * How busy this host is with sending, since it last told: on average, since what is going on in the one moment of telling
 * may be a pause between two pieces. Any thread may use it; guarded by its monitor.
 */
final class LoadMeter {

    private final LongSupplier nanoTime;
    private int active;
    /** The time that all uploads together took since then, up to {@link #counted}. */
    private double uploadNanos;
    /** The time in which there was any. */
    private double busyNanos;
    private long bytes;
    private long since;
    private long counted;

    /** A meter that begins now, by a clock that never goes back. */
    LoadMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
        this.counted = since;
    }

    synchronized void begin() {
        count();
        active++;
    }

    /** So much more was sent by one of the uploads. */
    synchronized void sent(long more) {
        bytes += more;
    }

    /** An upload has ended, for whatever reason. */
    synchronized void end() {
        count();
        active--;
    }

    /** The load since the last call: the number of uploads at a time, rounded, and the bytes a second while there was any. */
    synchronized Load tell() {
        long now = count();
        double elapsed = Math.max(1, now - since);
        Load load = new Load((int) Math.round(uploadNanos / elapsed), (long) (bytes * 1e9 / Math.max(1, busyNanos)));
        since = now;
        uploadNanos = 0;
        busyNanos = 0;
        bytes = 0;
        return load;
    }

    private long count() {
        long now = nanoTime.getAsLong();
        uploadNanos += (double) active * (now - counted);
        busyNanos += active == 0 ? 0 : now - counted;
        counted = now;
        return now;
    }
}
