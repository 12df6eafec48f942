package dev.swarmdex.peer.host.download;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which pieces of a content are verified, and which are being fetched by whom. Any number of threads use it at once;
 * all state is guarded by the map's monitor.
 *
 * <p>Pieces are handed out in order. Once none is left, the piece that has been under way longest is handed out a
 * second time, to another fetcher: so one slow source never holds up the end, at the price of at most one piece fetched
 * twice for each reader. Whichever copy is verified first wins.
 */
final class PieceMap {

    private static final int MOST_CLAIMS = 2;

    private final int pieces;
    private final BitSet verified;
    private final Map<Integer, List<Fetcher>> claims = new LinkedHashMap<>();
    private int nextUnclaimed;
    private boolean closed;

    /** One that fetches pieces. */
    interface Fetcher {

        /** Whether it wants no further pieces. */
        boolean isLeaving();
    }

    /** A map of that many pieces, of which some may be verified already, from an earlier attempt. */
    PieceMap(int pieces, BitSet alreadyVerified) {
        this.pieces = pieces;
        this.verified = (BitSet) alreadyVerified.clone();
    }

    /**
     * Claims a piece for a fetcher, waiting while all that remains is under way with others. Every claim ends in
     * {@link #verify} or {@link #release}.
     *
     * @return the piece, or empty when there is nothing left to do, or the fetcher is leaving
     */
    synchronized OptionalInt claim(Fetcher fetcher) throws InterruptedException {
        while (!closed && !fetcher.isLeaving() && !isComplete()) {
            OptionalInt piece = nextFor(fetcher);
            if (piece.isPresent()) {
                claims.computeIfAbsent(piece.getAsInt(), _ -> new ArrayList<>(MOST_CLAIMS)).add(fetcher);
                return piece;
            }
            wait();
        }
        return OptionalInt.empty();
    }

    private OptionalInt nextFor(Fetcher fetcher) {
        while (nextUnclaimed < pieces && (verified.get(nextUnclaimed) || claims.containsKey(nextUnclaimed))) {
            nextUnclaimed++;
        }
        if (nextUnclaimed < pieces) {
            return OptionalInt.of(nextUnclaimed);
        }
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().size() < MOST_CLAIMS && !claim.getValue().contains(fetcher))
                .mapToInt(Map.Entry::getKey).findFirst();
    }

    /** Whether a claimed piece still has to be fetched; another source may have been faster. */
    synchronized boolean isWanted(int piece) {
        return !closed && !verified.get(piece);
    }

    /** Marks a piece as verified and stored. */
    synchronized void verify(int piece) {
        verified.set(piece);
        claims.remove(piece);
        notifyAll();
    }

    /** Gives a claimed piece back without its bytes. */
    synchronized void release(int piece, Fetcher fetcher) {
        List<Fetcher> holders = claims.get(piece);
        if (holders != null && holders.remove(fetcher) && holders.isEmpty()) {
            claims.remove(piece);
            nextUnclaimed = Math.min(nextUnclaimed, piece);
        }
        notifyAll();
    }

    /** Wakes those who wait for a piece, after a fetcher began to leave. */
    synchronized void fetcherLeft() {
        notifyAll();
    }

    synchronized boolean isComplete() {
        return verified.cardinality() == pieces;
    }

    /** The verified pieces, as a copy. */
    synchronized BitSet verified() {
        return (BitSet) verified.clone();
    }

    /** Ends all claiming. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
