package dev.swarmdex.peer.host.download;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Which pieces of a content are complete, and which are being fetched by whom. Any number of threads use it at once;
 * all state is guarded by the map's monitor.
 *
 * <p>Pieces are handed out in order. Once none is left, the piece that has been under way longest is handed out a
 * second time, to another fetcher: so one slow source never holds up the end, at the price of at most one piece fetched
 * twice for each reader. Whichever copy is complete first wins. A claim older than a set time counts for nothing in
 * this, so that not even two silent sources can keep a piece to themselves.
 */
final class PieceMap {

    private static final int MOST_CLAIMS = 2;
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final int pieces;
    private final BitSet complete;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<Integer, List<Claim>> claims = new LinkedHashMap<>();
    private int nextUnclaimed;
    private boolean closed;

    /** One that fetches pieces. */
    interface Fetcher {

        /** Whether it wants no further pieces. */
        boolean isLeaving();
    }

    private record Claim(Fetcher fetcher, long since) {}

    /**
     * A map of that many pieces, of which some may be complete already, from an earlier attempt.
     *
     * @param patience after how long a claim no longer keeps others off
     */
    PieceMap(int pieces, BitSet alreadyComplete, Duration patience, LongSupplier nanoTime) {
        this.pieces = pieces;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.complete = (BitSet) alreadyComplete.clone();
    }

    /**
     * Claims a piece for a fetcher, waiting while all that remains is under way with others. Every claim ends in
     * {@link #complete} or {@link #release}.
     *
     * @return the piece, or empty when there is nothing left to do, or the fetcher is leaving
     */
    synchronized OptionalInt claim(Fetcher fetcher) throws InterruptedException {
        while (!closed && !fetcher.isLeaving() && !isComplete()) {
            OptionalInt piece = nextFor(fetcher);
            if (piece.isPresent()) {
                claims.computeIfAbsent(piece.getAsInt(), _ -> new ArrayList<>(MOST_CLAIMS))
                        .add(new Claim(fetcher, nanoTime.getAsLong()));
                return piece;
            }
            wait(LOOK_AGAIN_MILLIS);
        }
        return OptionalInt.empty();
    }

    private OptionalInt nextFor(Fetcher fetcher) {
        while (nextUnclaimed < pieces && (complete.get(nextUnclaimed) || claims.containsKey(nextUnclaimed))) {
            nextUnclaimed++;
        }
        if (nextUnclaimed < pieces) {
            return OptionalInt.of(nextUnclaimed);
        }
        long now = nanoTime.getAsLong();
        return claims.entrySet().stream().filter(entry -> mayJoin(entry.getValue(), fetcher, now))
                .mapToInt(Map.Entry::getKey).findFirst();
    }

    private boolean mayJoin(List<Claim> holders, Fetcher fetcher, long now) {
        return holders.stream().noneMatch(claim -> claim.fetcher().equals(fetcher))
                && holders.stream().filter(claim -> now - claim.since() < patience.toNanos()).count() < MOST_CLAIMS;
    }

    /** Whether a claimed piece still has to be fetched; another source may have been faster. */
    synchronized boolean isWanted(int piece) {
        return !closed && !complete.get(piece);
    }

    /** Marks a piece as stored, and verified where that can be done. */
    synchronized void complete(int piece) {
        complete.set(piece);
        claims.remove(piece);
        notifyAll();
    }

    /** Gives a claimed piece back without its bytes. */
    synchronized void release(int piece, Fetcher fetcher) {
        List<Claim> holders = claims.get(piece);
        if (holders != null && holders.removeIf(claim -> claim.fetcher().equals(fetcher)) && holders.isEmpty()) {
            claims.remove(piece);
            nextUnclaimed = Math.min(nextUnclaimed, piece);
        }
        notifyAll();
    }

    synchronized boolean isComplete() {
        return complete.cardinality() == pieces;
    }

    /** The complete pieces, as a copy. */
    synchronized BitSet completed() {
        return (BitSet) complete.clone();
    }

    /** Ends all claiming. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
