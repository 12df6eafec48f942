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
 * second time, to another source: so one slow source never holds up the end, at the price of at most one piece fetched
 * twice for each reader. Whichever copy is verified first wins.
 */
final class PieceMap {

    private static final int MOST_CLAIMS = 2;

    private final int pieces;
    private final BitSet verified;
    private final Map<Integer, List<Object>> claims = new LinkedHashMap<>();
    private int nextUnclaimed;
    private boolean closed;

    /** A map of that many pieces, of which some may be verified already, from an earlier attempt. */
    PieceMap(int pieces, BitSet alreadyVerified) {
        this.pieces = pieces;
        this.verified = (BitSet) alreadyVerified.clone();
    }

    /**
     * Claims a piece for a source, waiting while all that remains is under way with others. Every claim ends in
     * {@link #verify} or {@link #release}.
     *
     * @return the piece, or empty when there is nothing left to do
     */
    synchronized OptionalInt claim(Object source) throws InterruptedException {
        while (!closed && !isComplete()) {
            OptionalInt piece = nextFor(source);
            if (piece.isPresent()) {
                claims.computeIfAbsent(piece.getAsInt(), unused -> new ArrayList<>(MOST_CLAIMS)).add(source);
                return piece;
            }
            wait();
        }
        return OptionalInt.empty();
    }

    private OptionalInt nextFor(Object source) {
        while (nextUnclaimed < pieces && (verified.get(nextUnclaimed) || claims.containsKey(nextUnclaimed))) {
            nextUnclaimed++;
        }
        if (nextUnclaimed < pieces) {
            return OptionalInt.of(nextUnclaimed);
        }
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().size() < MOST_CLAIMS && !claim.getValue().contains(source))
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
    synchronized void release(int piece, Object source) {
        List<Object> holders = claims.get(piece);
        if (holders != null && holders.remove(source) && holders.isEmpty()) {
            claims.remove(piece);
            nextUnclaimed = Math.min(nextUnclaimed, piece);
        }
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
