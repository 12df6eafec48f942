package dev.swarmdex.peer.api;

/**
 * How busy a peer said it is, in its latest sign of life to the index: up to a minute old, and as honest as the peer.
 *
 * @param uploads how many requests it was answering, 0 or more
 * @param bytesPerSecond how fast it was sending in all, 0 or more
 */
public record Load(int uploads, long bytesPerSecond) {

    /** Refuses negative values with an IllegalArgumentException. */
    public Load {
        if (uploads < 0) {
            throw new IllegalArgumentException("not a number of uploads: " + uploads);
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("not a rate in bytes per second: " + bytesPerSecond);
        }
    }
}
