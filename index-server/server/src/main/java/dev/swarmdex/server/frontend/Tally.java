package dev.swarmdex.server.frontend;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came in through a front-end. Safe for any number of threads. */
public final class Tally {

    /** By type: a class or a constant of an enum. */
    private final Map<Object, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unproven = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder lookups = new LongAdder();

    /**
     * The counts at one moment.
     *
     * @param requests well-formed ones, by their type
     * @param refused requests that were answered with an error, or could not be carried out
     * @param unproven those of the refused that came without a good connection id, where the protocol has one
     * @param malformed messages that break the protocol's rules
     * @param ignored what got no answer, because the protocol has none for it
     * @param limited requests over the limit of their source address; those that got no answer count here only
     * @param shed requests that were refused because too many others were under way
     * @param lookups searches and lists that were answered
     */
    public record Counts(Map<String, Long> requests, long refused, long unproven, long malformed, long ignored,
            long limited, long shed, long lookups) {

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
                    + " got no answer, " + limited + " were over a limit";
        }
    }

    /** A well-formed request of that type came. */
    public void request(Class<?> type) {
        count(type);
    }

    /** Likewise, where types of requests are not classes. */
    public void request(Enum<?> type) {
        count(type);
    }

    private void count(Object type) {
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

    /** A request was over the limit of its source address. */
    public void limited() {
        limited.increment();
    }

    /** A request was refused because too many others are under way. */
    public void shed() {
        shed.increment();
    }

    /** A search or a list was answered. */
    public void lookup() {
        lookups.increment();
    }

    /** The counts now. */
    public Counts counts() {
        Map<String, Long> byType = new TreeMap<>();
        requests.forEach((type, count) -> byType.merge(word(type), count.sum(), Long::sum));
        return new Counts(byType, refused.sum(), unproven.sum(), malformed.sum(), ignored.sum(),
                limited.sum(), shed.sum(), lookups.sum());
    }

    /** The type's name as text: SearchName becomes search_name. */
    private static String word(Object type) {
        String name = type instanceof Class<?> one ? one.getSimpleName() : type.toString();
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
