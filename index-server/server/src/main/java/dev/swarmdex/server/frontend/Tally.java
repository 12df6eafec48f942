package dev.swarmdex.server.frontend;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came in through a front-end. Safe for any number of threads. */
public final class Tally {

    private final Map<Class<?>, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unproven = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder ignored = new LongAdder();

    /**
     * The counts at one moment.
     *
     * @param requests well-formed ones, by their type
     * @param refused requests that were answered with an error, or could not be carried out
     * @param unproven those of the refused that came without a good connection id, where the protocol has one
     * @param malformed messages that break the protocol's rules
     * @param ignored what got no answer, because the protocol has none for it
     */
    public record Counts(Map<String, Long> requests, long refused, long unproven, long malformed, long ignored) {

        /** Keeps an immutable copy. */
        public Counts {
            requests = Map.copyOf(requests);
        }

        /** How many well-formed requests there were in all. */
        public long allRequests() {
            return requests.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public String toString() {
            return allRequests() + " requests (" + refused + " were refused, " + unproven
                    + " of them for want of a good connection id), " + malformed + " malformed messages; " + ignored
                    + " got no answer";
        }
    }

    /** A well-formed request of that type came. */
    public void request(Class<?> type) {
        requests.computeIfAbsent(type, _ -> new LongAdder()).increment();
    }

    /** A request was refused. */
    public void refused() {
        refused.increment();
    }

    /** A request came without a good connection id, and was refused. */
    public void unproven() {
        unproven.increment();
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
        Map<String, Long> byType = new TreeMap<>();
        requests.forEach((type, count) -> byType.merge(word(type), count.sum(), Long::sum));
        return new Counts(byType, refused.sum(), unproven.sum(), malformed.sum(), ignored.sum());
    }

    /** The class's name as text: SearchName becomes search_name. */
    private static String word(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
