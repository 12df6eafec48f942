package dev.swarmdex.peer.api;

/**
 * How busy a peer said it is, in its latest sign of life to the index: up to a minute old, and as honest as the peer.
 *
 * @param uploads how many requests it was answering at a time, on average, 0 or more
 * @param bytesPerSecond how fast it was sending in all, while it was sending; 0 when it was not
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
