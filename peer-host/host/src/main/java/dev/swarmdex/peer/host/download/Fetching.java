package dev.swarmdex.peer.host.download;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What one fetcher has claimed, and how fast its source is: measured by the pieces that came, so that patience and the
 * number of requests under way fit each source. Times are in nanoseconds. Not safe for several threads: the piece map
 * guards it.
 */
final class Fetching {

    /** How long what is asked of a source ahead keeps it busy: longer than any round trip that matters. */
    private static final double AHEAD = 0.25e9;
    private static final int FIRST_REQUESTS = 2;
    private static final double SMOOTHING = 0.3;

    private final Map<Integer, Long> since = new HashMap<>();
    private final double unknownPace;
    private final Condition change;
    /** The pieces that the source has; null for all. */
    private @Nullable BitSet had;
    private boolean watched;
    /** The time from the end of one piece to the end of the next; 0 before the first. */
    private double pace;
    private long lastEnd = Long.MIN_VALUE;

    /**
     * One that has claimed nothing, of a source that has everything.
     *
     * @param unknownPace counts as its pace until that is known
     * @param change a condition of the piece map's lock, for its readers alone
     */
    Fetching(double unknownPace, Condition change) {
        this.unknownPace = unknownPace;
        this.change = change;
    }

    /** Signalled when there may be something to claim; who is woken passes that on. */
    Condition change() {
        return change;
    }

    /** Whether one of those who wait looks again without a signal. */
    boolean isWatched() {
        return watched;
    }

    void watched(boolean now) {
        watched = now;
    }

    @Nullable
    BitSet had() {
        return had;
    }

    void had(@Nullable BitSet pieces) {
        had = pieces;
    }

    boolean mayHave(int piece) {
        return had == null || had.get(piece);
    }

    void begin(int piece, long now) {
        since.put(piece, now);
    }

    /** A claim has ended; the pace is measured if the piece came. */
    void end(int piece, boolean came, long now) {
        Long begun = since.remove(piece);
        if (came && begun != null) {
            double latest = Math.max(1, now - Math.max(lastEnd, begun));
            pace = pace == 0 ? latest : pace + SMOOTHING * (latest - pace);
            lastEnd = now;
        }
    }

    /** Whether its source is to be asked for one more piece now. */
    boolean wantsMore() {
        return since.size() < (pace == 0 ? FIRST_REQUESTS : 1 + (int) Math.min(1 << 20, Math.ceil(AHEAD / pace)));
    }

    /** Whether it is waiting for any piece. */
    boolean isBusy() {
        return !since.isEmpty();
    }

    boolean holds(int piece) {
        return since.containsKey(piece);
    }

    /** How long it has been waiting for a piece that it holds. */
    long age(int piece, long now) {
        return now - since.getOrDefault(piece, now);
    }

    /** Whether its source gives its pieces that much more slowly than the other, as far as is known. */
    boolean isSlower(double times, Fetching than) {
        double other = than.pace == 0 ? unknownPace : than.pace;
        return pace > times * other;
    }

    /** How long a piece takes that is asked for now. */
    double expected() {
        return pace == 0 ? unknownPace : pace * (since.size() + 1);
    }

    /** How long a piece that it holds will still take; whatever is overdue may take as long again. */
    double remaining(int piece, long now) {
        double age = age(piece, now);
        double usual = pace == 0 ? unknownPace : pace * since.size();
        return age < usual ? usual - age : age;
    }
}
