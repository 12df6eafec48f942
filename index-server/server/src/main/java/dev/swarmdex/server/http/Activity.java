package dev.swarmdex.server.http;

import dev.swarmdex.store.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How much was registered in each quarter of an hour. What is long past is asked of the database once. Safe for any number of
 * threads, one of which asks at a time.
 */
final class Activity {

    private static final Duration STEP = Duration.ofMinutes(15);
    private static final int STEPS = 96;

    /** After that, no batch with an earlier moment can still be committed. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final History history;
    /** How many had been opened by a moment, for moments that are settled. */
    private final NavigableMap<Instant, Long> known = new TreeMap<>();

    Activity(History history) {
        this.history = history;
    }

    /** The mappings that were opened from that moment on, until the next step's or now. */
    record Step(Instant from, long registrations) {}

    /** The last day up to now, the earliest step first. */
    synchronized List<Step> lastDay(Instant now) {
        Instant last = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), STEP.toSeconds()) * STEP.toSeconds());
        List<Instant> moments = new ArrayList<>();
        for (int i = STEPS; i >= 0; i--) {
            moments.add(last.minus(STEP.multipliedBy(i)));
        }
        moments.add(now.plus(STEP));
        known.headMap(moments.getFirst()).clear();
        List<Long> counts = counts(moments, now.minus(SETTLED));
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i + 1 < moments.size(); i++) {
            steps.add(new Step(moments.get(i), counts.get(i + 1) - counts.get(i)));
        }
        return steps;
    }

    private List<Long> counts(List<Instant> moments, Instant settled) {
        List<Instant> asked = moments.stream().filter(moment -> !known.containsKey(moment)).toList();
        NavigableMap<Instant, Long> counts = new TreeMap<>(known);
        List<Long> answers = history.openedBefore(asked);
        for (int i = 0; i < asked.size(); i++) {
            counts.put(asked.get(i), answers.get(i));
            if (asked.get(i).isBefore(settled)) {
                known.put(asked.get(i), answers.get(i));
            }
        }
        return moments.stream().map(counts::get).toList();
    }
}
