package dev.swarmdex.store;

/**
 * A place in a list of listings: the last content and, of it, the last session that was seen. It stays good whatever
 * changes meanwhile.
 */
public record Cursor(long content, long session) {

    /** Before the first. */
    public static final Cursor START = new Cursor(0, 0);

    /** Checks the bounds. */
    public Cursor {
        if (content < 0 || session < 0) {
            throw new IllegalArgumentException("a cursor's numbers can't be negative");
        }
    }
}
