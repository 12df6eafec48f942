package dev.swarmdex.store.state;

import java.util.List;
import java.util.Optional;

/**
 * Finds open contents by the words of their names, faster than by looking at each. The writer reports to it what opens and ends;
 * any number of threads ask.
 */
public interface Names {

    /** Knows nothing, so that every name has to be looked at. */
    Names NONE = new Names() {

        @Override
        public void opened(long number, String name) {
            // not kept
        }

        @Override
        public void ended(long number) {
            // not kept
        }

        @Override
        public void forget() {
            // nothing is kept
        }

        @Override
        public void learn(Source open) {
            // not kept
        }

        @Override
        public Optional<Found> find(Words words, long from, int most) {
            return Optional.empty();
        }
    };

    /** A content by its number. */
    record Named(long number, String name) {}

    /**
     * Numbers of contents, in ascending order. Some may have ended by now.
     *
     * @param more whether there are higher ones that match as well
     */
    record Found(List<Long> numbers, boolean more) {

        static final Found NOTHING = new Found(List.of(), false);

        /** Copies the list. */
        public Found {
            numbers = List.copyOf(numbers);
        }
    }

    /** All contents that are open. Safe for any number of threads. */
    @FunctionalInterface
    interface Source {

        /** Some contents from that number on, in the order of their numbers; none if there are none. */
        List<Named> part(long from);
    }

    /** A content has come. Writer only. */
    void opened(long number, String name);

    /** A content has gone. Writer only. */
    void ended(long number);

    /** What was reported so far holds no longer; what will be reported before {@link #learn} needs no attention. Writer only. */
    void forget();

    /** That source has all that is open now; what changes from now on will be reported. Writer only. */
    void learn(Source open);

    /**
     * The contents, from that number on, whose names hold the words; if there is none in the whole index, those whose names hold
     * words that are spelt nearly so.
     *
     * @return nothing while it can't say: then every name has to be looked at
     */
    Optional<Found> find(Words words, long from, int most);
}
