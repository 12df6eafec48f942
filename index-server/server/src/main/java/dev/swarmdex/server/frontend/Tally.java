package dev.swarmdex.server.frontend;

import java.util.concurrent.atomic.LongAdder;

/** Counts what came in through a front-end of a seed's protocol. Safe for any number of threads. */
public final class Tally {

    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder ignored = new LongAdder();

    /**
     * The counts at one moment.
     *
     * @param requests well-formed ones
     * @param refused requests that were answered with an error, or could not be carried out
     * @param malformed messages that break the protocol's rules
     * @param ignored what got no answer, because the protocol has none for it
     */
    public record Counts(long requests, long refused, long malformed, long ignored) {

        @Override
        public String toString() {
            return requests + " requests (" + refused + " were refused), " + malformed + " malformed messages; "
                    + ignored
                    + " got no answer";
        }
    }

    /** A well-formed request came. */
    public void request() {
        requests.increment();
    }

    /** A request was refused. */
    public void refused() {
        refused.increment();
    }

    /** A malformed message came. */
    public void malformed() {
        malformed.increment();
    }

    /** Something came to which there is no answer. */
    public void ignored() {
        ignored.increment();
    }

    /** The counts now. */
    public Counts counts() {
        return new Counts(requests.sum(), refused.sum(), malformed.sum(), ignored.sum());
    }
}
