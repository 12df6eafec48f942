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
 * Which pieces of a content are verified, and which are being fetched by whom. Any number of threads use it at once;
 * all state is guarded by the map's monitor.
 *
 * <p>Pieces are handed out in order. Once none is left, the piece that has been under way longest is handed out a
 * second time, to another fetcher: so one slow source never holds up the end, at the price of at most one piece fetched
 * twice for each reader. Whichever copy is verified first wins. A claim that is older than {@link #PATIENCE} counts for
 * nothing in this, so that not even two silent sources can keep a piece to themselves.
 */
final class PieceMap {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_CLAIMS = 2;
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final int pieces;
    private final BitSet verified;
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

    /** A map of that many pieces, of which some may be verified already, from an earlier attempt. */
    PieceMap(int pieces, BitSet alreadyVerified, LongSupplier nanoTime) {
        this.pieces = pieces;
        this.nanoTime = nanoTime;
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
                claims.computeIfAbsent(piece.getAsInt(), _ -> new ArrayList<>(MOST_CLAIMS))
                        .add(new Claim(fetcher, nanoTime.getAsLong()));
                return piece;
            }
            wait(LOOK_AGAIN_MILLIS);
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
        long now = nanoTime.getAsLong();
        return claims.entrySet().stream().filter(entry -> mayJoin(entry.getValue(), fetcher, now))
                .mapToInt(Map.Entry::getKey).findFirst();
    }

    private static boolean mayJoin(List<Claim> holders, Fetcher fetcher, long now) {
        return holders.stream().noneMatch(claim -> claim.fetcher().equals(fetcher))
                && holders.stream().filter(claim -> now - claim.since() < PATIENCE.toNanos()).count() < MOST_CLAIMS;
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
        List<Claim> holders = claims.get(piece);
        if (holders != null && holders.removeIf(claim -> claim.fetcher().equals(fetcher)) && holders.isEmpty()) {
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
