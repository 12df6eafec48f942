package dev.swarmdex.peer.api;

/**
 * A small content that is wanted as a whole.
 *
 * @param size in bytes, 0 to {@value #LARGEST}
 */
public record WholeContent(ContentId id, int size) {

    /** The largest content that is asked for as a whole, in bytes. */
    public static final int LARGEST = 1 << 20;

    /** Refuses another size with an IllegalArgumentException. */
    public WholeContent {
        if (size < 0 || size > LARGEST) {
            throw new IllegalArgumentException("not a size from 0 to " + LARGEST + ": " + size);
        }
    }
}
