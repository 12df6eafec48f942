package dev.swarmdex.peer.host.download;

import java.util.BitSet;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which pieces are fetched: those first that the fewest peers have, and among those the ones that are this
 * host's {@linkplain Shares share}, so that what comes from a single seed comes once and not once for each. What is still
 * equal is fetched in the order of the file, from a point of its own, so that peers which don't know of each other yet differ
 * too.
 *
 * <p>A piece that only whole sources have is fetched first by the host whose share it is, from the front; a host with no
 * share left takes those it is second for, from the back. The next few of each share are left to the host they belong to,
 * which may have asked for them: others hear of that only when they have arrived. So a seed sends little twice, at the end
 * too.
 *
 * <p>Not safe for several threads: the piece map guards it.
 */
final class PieceChoice {

    /** How many pieces of another's share are left to it, of those that it has still to fetch: as many as it asks for at once. */
    private static final int LEFT_TO_OTHERS = 4;
    private static final int OUT_OF_PACE = Integer.MIN_VALUE;

    private final int pieces;
    private final int start;
    private final boolean inOrder;
    private final Shares shares;
    /** How many of the sources that have only part of the content have the piece. */
    private final int[] holders;

    private PieceChoice(int pieces, int start, boolean inOrder, Shares shares) {
        this.pieces = pieces;
        this.start = start;
        this.inOrder = inOrder;
        this.shares = shares;
        this.holders = new int[inOrder ? 0 : pieces];
    }

    /** From the first piece to the last, whoever has them. */
    static PieceChoice inOrder(int pieces) {
        return new PieceChoice(pieces, 0, true, new Shares(0, ""));
    }

    /**
     * The rarest first.
     *
     * @param start the piece from which on those are fetched that are equal in everything
     * @param ownName the name by which other peers know this host
     */
    static PieceChoice rarestFirst(int pieces, int start, String ownName) {
        return new PieceChoice(pieces, start, false, new Shares(pieces, ownName));
    }

    /**
     * The piece to fetch next, if any is left.
     *
     * @param had the pieces that the source has; null for all
     * @param taken those that are there already, or on their way
     * @param keepsUp whether something may be left to the other downloader of that name
     */
    OptionalInt next(@Nullable BitSet had, BitSet taken, Predicate<String> keepsUp) {
        return had != null || shares.others().isEmpty() ? rarest(had, taken) : firstCopy(taken, keepsUp);
    }

    private OptionalInt rarest(@Nullable BitSet had, BitSet taken) {
        int best = -1;
        int bestKey = Integer.MAX_VALUE;
        for (int i = 0; i < pieces && bestKey > 0; i++) {
            int from = (start + i) % pieces;
            int piece = taken.nextClearBit(from);
            if (piece >= pieces) {
                i += pieces - 1 - from;
                continue;
            }
            i += piece - from;
            if (i < pieces && (had == null || had.get(piece)) && key(piece) < bestKey) {
                best = piece;
                bestKey = key(piece);
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    private int key(int piece) {
        return inOrder ? 0 : holders[piece] << Byte.SIZE | shares.rank(piece);
    }

    /** Of a source that has everything: it is for what nobody else has, and not for copies while anything of that is left. */
    private OptionalInt firstCopy(BitSet taken, Predicate<String> keepsUp) {
        int[] left = shares.others().stream()
                .mapToInt(other -> keepsUp.test(other) ? LEFT_TO_OTHERS : OUT_OF_PACE).toArray();
        boolean isAnyLeft = false;
        int best = -1;
        for (int piece = taken.nextClearBit(0); piece < pieces; piece = taken.nextClearBit(piece + 1)) {
            if (isLeft(piece, left)) {
                isAnyLeft = true;
            } else if (best < 0 || key(piece) < key(best) || isForLater(piece, best)) {
                best = piece;
            }
        }
        boolean isSpared = isAnyLeft && best >= 0 && isHeld(best);
        return best < 0 || isSpared ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** Whether a piece is left to the host whose share it is, or to the second; counts how many more of the share are. */
    private boolean isLeft(int piece, int[] left) {
        int first = shares.first(piece);
        if (isHeld(piece) || first == Shares.OWN || left[first] == OUT_OF_PACE) {
            return false;
        }
        left[first]--;
        int second = shares.second(piece);
        return left[first] >= 0 || (second != Shares.OWN && left[second] != OUT_OF_PACE);
    }

    /** Whether two pieces are alike and another's, who comes to the second one later. */
    private boolean isForLater(int piece, int best) {
        return key(piece) == key(best) && shares.rank(piece) > 0;
    }

    /** Whether some source that has only part of the content has the piece. */
    boolean isHeld(int piece) {
        return !inOrder && holders[piece] > 0;
    }

    /** Takes note that a source with part of the content has these pieces too. */
    void gained(BitSet fresh) {
        each(fresh).forEach(piece -> holders[piece]++);
    }

    /** Takes note that a source with these pieces has gone, or has all now. */
    void lost(BitSet had) {
        each(had).forEach(piece -> holders[piece]--);
    }

    private IntStream each(BitSet set) {
        return set.stream().takeWhile(piece -> piece < holders.length);
    }

    /** Shares the pieces with the others who are downloading the content, by the names that all of them know. */
    void share(Collection<String> others) {
        if (!inOrder) {
            shares.among(others);
        }
    }
}
