package dev.swarmdex.plugin.kilobyte;

/** How a file is cut: portion N is its Nth kilobyte, counted from 0; the last one may be shorter. */
final class Portions {

    /** The bytes of a full portion. */
    static final int SIZE = 1024;

    private Portions() {}

    /** The number of portions of a file with this size. */
    static long count(long fileSize) {
        return Math.ceilDiv(fileSize, SIZE);
    }

    /** The bytes of a portion; 0 for one that is not inside the file. */
    static int length(long portion, long fileSize) {
        return contains(portion, fileSize) ? (int) Math.min(SIZE, fileSize - portion * SIZE) : 0;
    }

    /** Whether a file of this size has this portion. */
    static boolean contains(long portion, long fileSize) {
        return portion >= 0 && portion < count(fileSize);
    }
}
