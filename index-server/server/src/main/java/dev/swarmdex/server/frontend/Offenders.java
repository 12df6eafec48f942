package dev.swarmdex.server.frontend;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.listen.Sender;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The addresses that send the most of what can't be used, in a fixed amount of memory: the space-saving sketch of Metwally,
 * Agrawal and El Abbadi (2005). Whoever makes up more than one in {@value #KEPT} of all offences is certainly listed; an address
 * that is new takes the place of the least, and inherits its count as the most that it may be wrong by.
 *
 * <p>UDP lets anybody write any source address, so that an unproven one is only what a datagram claims. Safe for any number of
 * threads, none of which waits or allocates to record: what comes while another records is not counted here.
 */
public final class Offenders {

    /** How many addresses are kept. */
    public static final int KEPT = 256;

    /** What can be wrong. */
    public enum Offence {
        /** It breaks the protocol's rules. */
        MALFORMED,
        /** It came over the limit of requests a second. */
        OVER_LIMIT,
        /** Its connection id is none that this server has given to that address lately. */
        UNPROVEN
    }

    /**
     * One address and what came from it.
     *
     * @param overcount by how much the sum may be too high, for an address that came when the list was full
     */
    public record Offender(InetAddress address, long malformed, long overLimit, long unproven, long overcount,
            Instant last) {

        /** All offences, and what may be too many. */
        public long sum() {
            return malformed + overLimit + unproven + overcount;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final long[] high = new long[KEPT];
    private final long[] low = new long[KEPT];
    private final long[] sum = new long[KEPT];
    private final long[] overcount = new long[KEPT];
    private final long[] last = new long[KEPT];
    private final long[] malformed = new long[KEPT];
    private final long[] overLimit = new long[KEPT];
    private final long[] unproven = new long[KEPT];

    /** An empty list, with that clock for when each was seen last. */
    public Offenders(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an offence of that address. */
    public void record(Sender sender, Offence offence) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            int place = place(sender.addressHigh(), sender.addressLow());
            sum[place]++;
            switch (offence) {
                case MALFORMED -> malformed[place]++;
                case OVER_LIMIT -> overLimit[place]++;
                case UNPROVEN -> unproven[place]++;
            }
            last[place] = clock.millis();
        } finally {
            lock.unlock();
        }
    }

    /** The worst, at most that many. */
    public List<Offender> worst(int most) {
        List<Offender> all = new ArrayList<>();
        lock.lock();
        try {
            for (int place = 0; place < KEPT; place++) {
                if (sum[place] > 0) {
                    all.add(offender(place));
                }
            }
        } finally {
            lock.unlock();
        }
        return all.stream().sorted(Comparator.comparingLong(Offender::sum).reversed()).limit(most).toList();
    }

    private int place(long addressHigh, long addressLow) {
        int least = 0;
        for (int place = 0; place < KEPT; place++) {
            if (low[place] == addressLow && high[place] == addressHigh && sum[place] > 0) {
                return place;
            }
            if (sum[place] < sum[least]) {
                least = place;
            }
        }
        high[least] = addressHigh;
        low[least] = addressLow;
        overcount[least] = sum[least];
        malformed[least] = 0;
        overLimit[least] = 0;
        unproven[least] = 0;
        return least;
    }

    private Offender offender(int place) {
        return new Offender(Addresses.address(high[place], low[place]), malformed[place], overLimit[place],
                unproven[place],
                overcount[place], Instant.ofEpochMilli(last[place]));
    }
}
