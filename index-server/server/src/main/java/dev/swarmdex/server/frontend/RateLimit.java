package dev.swarmdex.server.frontend;

import dev.swarmdex.server.listen.Sender;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many requests a second are taken from one address, whatever its port. Each may be ahead of its rate by what
 * {@value #BURST_SECONDS} seconds allow.
 *
 * <p>It is the generic cell rate algorithm (GCRA): of each source only the moment is kept at which it would have used up
 * nothing. The table has a fixed size and nothing is allocated: a source has {@value #WAYS} places, chosen by a keyed hash so
 * that nobody can aim at another's; one who comes new takes the place that is the nearest to having used up nothing. So
 * whoever is forgotten was forgiven at most a burst, and only more busy sources than places make that happen.
 *
 * <p>An entry is one long, 20 bits of the hash over 44 bits of time in units of {@value #UNIT_NANOSECONDS} ns: they wrap in 13
 * days, and what then seems to lie further ahead than a burst is old. Safe for any number of threads, which never wait.
 */
final class RateLimit {

    /** How far ahead of its rate a source may be. */
    static final long BURST_SECONDS = 2;
    /** The highest rate that the units of time can express well; 0 stands for no limit. */
    static final int HIGHEST = 1_000_000;

    private static final int WAYS = 4;
    private static final int SETS = 1 << 14;
    private static final int TIME_BITS = 44;
    private static final long TIME = (1L << TIME_BITS) - 1;
    private static final int UNIT_NANOSECONDS = 64;
    private static final long BURST = Duration.ofSeconds(BURST_SECONDS).toNanos() / UNIT_NANOSECONDS;

    private final AtomicLongArray table = new AtomicLongArray(SETS * WAYS);
    private final LongSupplier nanoTime;
    private final SipHash hash;
    private final long origin;
    /** How long one request takes up, in units; 0 for no limit. */
    private volatile long interval;

    /** No limit yet, by a clock that never goes back. */
    RateLimit(LongSupplier nanoTime, SecureRandom random) {
        this.nanoTime = nanoTime;
        origin = nanoTime.getAsLong();
        hash = new SipHash(random.nextLong(), random.nextLong());
    }

    /** From now on that many requests a second, up to {@link #HIGHEST}; 0 for any number. */
    void set(int requestsPerSecond) {
        if (requestsPerSecond < 0 || requestsPerSecond > HIGHEST) {
            throw new IllegalArgumentException("a rate must be 0 to " + HIGHEST + ", not " + requestsPerSecond);
        }
        interval = requestsPerSecond == 0 ? 0
                : Duration.ofSeconds(1).toNanos() / UNIT_NANOSECONDS / requestsPerSecond;
    }

    /**
     * Whether one more request is within the limit; if so, it counts.
     *
     * @param kind requests of different kinds are limited each for itself
     */
    boolean admits(Sender sender, int kind) {
        long each = interval;
        if (each == 0) {
            return true;
        }
        long source = hash.of(kind, sender.addressHigh(), sender.addressLow());
        int first = (int) (source & (SETS - 1)) * WAYS;
        long tag = source >>> TIME_BITS << TIME_BITS;
        while (true) {
            long now = (nanoTime.getAsLong() - origin) / UNIT_NANOSECONDS & TIME;
            int place = place(first, tag, now);
            long entry = table.get(place);
            long used = (entry & ~TIME) == tag ? ahead(entry, now) : 0;
            if (used + each > BURST) {
                return false;
            }
            if (table.compareAndSet(place, entry, tag | (now + used + each & TIME))) {
                return true;
            }
        }
    }

    /** The source's own place, or else the one whose owner is the nearest to having used up nothing. */
    private int place(int first, long tag, long now) {
        int best = first;
        long least = Long.MAX_VALUE;
        for (int place = first; place < first + WAYS; place++) {
            long entry = table.get(place);
            if ((entry & ~TIME) == tag) {
                return place;
            }
            long used = ahead(entry, now);
            if (used < least) {
                least = used;
                best = place;
            }
        }
        return best;
    }

    /** How much of its burst an entry's owner has used up, in units. */
    private static long ahead(long entry, long now) {
        long ahead = (entry - now) & TIME;
        return ahead > BURST ? 0 : ahead;
    }
}
