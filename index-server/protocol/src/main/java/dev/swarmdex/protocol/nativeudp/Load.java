package dev.swarmdex.protocol.nativeudp;

/**
 * How busy a peer is with sending. What is more than the wire can carry counts as the most that it can.
 *
 * @param uploads how many requests it answered at a time since its last report, at most 65535
 * @param bytesPerSecond how fast it sent in all while it was sending, cut to kilobytes (of 1000 bytes), at most 2³² - 1 of them
 */
public record Load(int uploads, long bytesPerSecond) {

    /** The bytes of a load, when there is one. */
    static final int BYTES = 6;

    private static final int MOST_UPLOADS = 0xFFFF;
    private static final long MOST_KILOBYTES = 0xFFFF_FFFFL;

    /** Refuses negative values with an IllegalArgumentException. */
    public Load {
        if (uploads < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException("a load of " + uploads + " uploads at " + bytesPerSecond
                    + " bytes per second: the least is 0");
        }
        uploads = Math.min(uploads, MOST_UPLOADS);
        bytesPerSecond = Math.min(bytesPerSecond / 1000, MOST_KILOBYTES) * 1000;
    }

    static Load ofKilobytes(int uploads, long kilobytesPerSecond) {
        return new Load(uploads, kilobytesPerSecond * 1000);
    }

    long kilobytesPerSecond() {
        return bytesPerSecond / 1000;
    }
}
