package dev.swarmdex.server.frontend.nativeudp;

import java.util.concurrent.atomic.LongAdder;

/** Counts what came in. Safe for any number of threads. */
public final class Traffic {

    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder foreign = new LongAdder();

    /**
     * The counts at one moment.
     *
     * @param requests well-formed ones
     * @param refused of all that came, how much was answered with E
     * @param stale requests without a good connection id
     * @param malformed datagrams of the protocol that break its rules
     * @param foreign datagrams that are not of the protocol, which get no answer
     */
    public record Counts(long requests, long refused, long stale, long malformed, long foreign) {

        @Override
        public String toString() {
            return requests + " requests (" + stale + " with a stale connection id), " + malformed + " malformed and "
                    + foreign + " foreign datagrams; " + refused + " were refused";
        }
    }

    Traffic() {}

    void request() {
        requests.increment();
    }

    void refused() {
        refused.increment();
    }

    void stale() {
        stale.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void foreign() {
        foreign.increment();
    }

    Counts counts() {
        return new Counts(requests.sum(), refused.sum(), stale.sum(), malformed.sum(), foreign.sum());
    }
}
