package dev.swarmdex.protocol.nativeudp;

/** An opaque place in a long answer, 16 bytes on the wire. Zero is the start in a request and the end in a reply. */
public record Cursor(long first, long second) {

    /** The start in a request, the end in a reply. */
    public static final Cursor NONE = new Cursor(0, 0);
}
