package dev.swarmdex.peer.host.download;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The order in which pieces are fetched: those first that the fewest peers have. Among equally rare ones it goes by shares:
 * the peers that are downloading the same content rank themselves for each piece by a hash of it and of their names, so
 * that without a word each of them begins with other pieces, and what comes from a single seed comes once and not once for
 * each (rendezvous hashing: when a peer comes or goes, only its share moves). What is still equal is fetched in the order
 * of the file, from a point of its own, so that peers which don't know of each other yet differ too.
 *
 * <p>Not safe for several threads: the piece map guards it.
 */
final class PieceChoice {

    private static final int LOWEST_RANK = 255;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int pieces;
    private final int start;
    private final boolean inOrder;
    private final String ownName;
    /** How many of the sources that have only part of the content have the piece. */
    private final int[] holders;
    /** How many of the other downloaders come before this one for the piece. */
    private final byte[] rank;

    private PieceChoice(int pieces, int start, boolean inOrder, String ownName) {
        this.pieces = pieces;
        this.start = start;
        this.inOrder = inOrder;
        this.ownName = ownName;
        this.holders = new int[inOrder ? 0 : pieces];
        this.rank = new byte[inOrder ? 0 : pieces];
    }

    /** From the first piece to the last, whoever has them. */
    static PieceChoice inOrder(int pieces) {
        return new PieceChoice(pieces, 0, true, "");
    }

    /**
     * The rarest first.
     *
     * @param start the piece from which on those are fetched that are equal in everything
     * @param ownName the name by which other peers know this host
     */
    static PieceChoice rarestFirst(int pieces, int start, String ownName) {
        return new PieceChoice(pieces, start, false, ownName);
    }

    /**
     * The piece to fetch next, if any is left.
     *
     * @param had the pieces that the source has; null for all
     * @param taken those that are there already, or on their way
     */
    OptionalInt next(@Nullable BitSet had, BitSet taken) {
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
        return inOrder ? 0 : holders[piece] << Byte.SIZE | Byte.toUnsignedInt(rank[piece]);
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
        if (inOrder) {
            return;
        }
        Arrays.fill(rank, (byte) 0);
        long own = seed(ownName);
        List<Long> seeds = others.stream().filter(name -> !name.equals(ownName)).distinct().map(PieceChoice::seed)
                .toList();
        for (int piece = 0; piece < pieces; piece++) {
            long mine = score(own, piece);
            int before = 0;
            for (long seed : seeds) {
                before += score(seed, piece) > mine ? 1 : 0;
            }
            rank[piece] = (byte) Math.min(LOWEST_RANK, before);
        }
    }

    private static long seed(String name) {
        long seed = 0;
        for (int i = 0; i < name.length(); i++) {
            seed = score(seed ^ name.charAt(i), i);
        }
        return seed;
    }

    /** The finaliser of SplitMix64: equal for all hosts, and as good as random. */
    private static long score(long seed, int piece) {
        long mixed = seed + GOLDEN * (piece + 1L);
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
