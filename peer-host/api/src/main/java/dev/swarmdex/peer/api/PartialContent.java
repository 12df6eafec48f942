package dev.swarmdex.peer.api;

import java.util.BitSet;

/**
 * A content that this host is still downloading, of which it can send the pieces that it has verified so far. Reading
 * outside them throws. Otherwise it is as any {@link SharedContent}: the id, the size and the piece hashes are the whole
 * content's.
 */
public interface PartialContent extends SharedContent {

    /**
     * The pieces that are there at the moment, counted from 0 in the size that {@link PieceSize#of} tells, as a new set.
     * There will only ever be more. Does not block.
     */
    BitSet pieces();
}
