package dev.swarmdex.peer.api;

/** The size of a content's pieces, which both ends of a transfer derive from its size. */
public final class PieceSize {

    /** The size of a leaf of the hash tree in bytes. */
    public static final int BLOCK = 16 << 10;
    /** The smallest piece in bytes. */
    public static final int SMALLEST = 64 << 10;
    /** The largest piece in bytes. */
    public static final int LARGEST = 16 << 20;

    private PieceSize() {}

    /** The smallest power of two from 64 KiB to 16 MiB that makes at most 1,000 pieces of this many bytes. */
    public static int of(long contentSize) {
        long wanted = Math.ceilDiv(contentSize, 1000L);
        if (wanted <= SMALLEST) {
            return SMALLEST;
        }
        return wanted >= LARGEST ? LARGEST : Integer.highestOneBit((int) wanted - 1) << 1;
    }
}
