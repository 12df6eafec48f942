package dev.swarmdex.store;

/** A place in a list of listings: the last content and, of it, the last session that was seen. */
public record Cursor(long content, long session) {

    /** Before the first. */
    public static final Cursor START = new Cursor(0, 0);
}
