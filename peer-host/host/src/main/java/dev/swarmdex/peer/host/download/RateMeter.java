package dev.swarmdex.peer.host.download;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** The rate of a growing count over the last few seconds. Any thread may measure; guarded by its monitor. */
public final class RateMeter {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(3);
    private static final long FINEST = TimeUnit.MILLISECONDS.toNanos(100);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long count, long nanos) {}

    /** The growth in a second between the oldest count in the window and this one. */
    public synchronized long measure(long count, long nanos) {
        if (samples.isEmpty() || nanos - samples.getLast().nanos() >= FINEST) {
            samples.addLast(new Sample(count, nanos));
        }
        while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW) {
            samples.removeFirst();
        }
        Sample oldest = samples.getFirst();
        long elapsed = nanos - oldest.nanos();
        return elapsed < FINEST ? 0 : (long) ((count - oldest.count()) * 1e9 / elapsed);
    }
}
