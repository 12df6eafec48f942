package dev.swarmdex.peer.host.download;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Who of those that are downloading the same content is to fetch which piece from those that have all of it. Everybody ranks
 * everybody for each piece by a hash of it and of their names, and so they agree without a word (rendezvous hashing: when
 * somebody comes or goes, only that share moves).
 *
 * <p>Not safe for several threads: the piece map guards it.
 */
final class Shares {

    /** Stands for this host where others are counted from 0. */
    static final int OWN = -1;
    private static final int LOWEST_RANK = 255;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final String ownName;
    /** How many of the others come before this host for the piece. */
    private final byte[] rank;
    /** Who comes first for the piece, and who after that. */
    private final int[] first;
    private final int[] second;
    private List<String> others = List.of();

    /**
     * All pieces are this host's, as long as it knows of nobody else.
     *
     * @param ownName the name by which others know this host
     */
    Shares(int pieces, String ownName) {
        this.ownName = ownName;
        this.rank = new byte[pieces];
        this.first = new int[pieces];
        this.second = new int[pieces];
        Arrays.fill(first, OWN);
        Arrays.fill(second, OWN);
    }

    /** Shares the pieces with these others, by the names that all of them know. */
    void among(Collection<String> names) {
        others = names.stream().filter(name -> !name.equals(ownName)).distinct().toList();
        long own = seed(ownName);
        long[] seeds = others.stream().mapToLong(Shares::seed).toArray();
        for (int piece = 0; piece < rank.length; piece++) {
            share(piece, score(own, piece), seeds);
        }
    }

    private void share(int piece, long own, long[] seeds) {
        long highest = own;
        long next = Long.MIN_VALUE;
        int before = 0;
        first[piece] = OWN;
        second[piece] = OWN;
        for (int other = 0; other < seeds.length; other++) {
            long score = score(seeds[other], piece);
            before += score > own ? 1 : 0;
            if (score > highest) {
                next = highest;
                second[piece] = first[piece];
                highest = score;
                first[piece] = other;
            } else if (score > next) {
                next = score;
                second[piece] = other;
            }
        }
        rank[piece] = (byte) Math.min(LOWEST_RANK, before);
    }

    /** The others; {@link #first} is a place in this list. */
    List<String> others() {
        return others;
    }

    /** Who of the others comes first for a piece, or {@link #OWN}. */
    int first(int piece) {
        return first[piece];
    }

    /** Who comes after that. */
    int second(int piece) {
        return second[piece];
    }

    /** How many of the others come before this host for a piece, 0 to 255. */
    int rank(int piece) {
        return Byte.toUnsignedInt(rank[piece]);
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
