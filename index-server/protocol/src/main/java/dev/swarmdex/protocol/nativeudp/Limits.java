package dev.swarmdex.protocol.nativeudp;

/** The bounds of the native protocol. Lengths of text are in bytes of UTF-8. */
public final class Limits {

    /** The version of the protocol that this package speaks. */
    public static final int VERSION = 1;

    /** The most bytes of a datagram: what passes an IPv6 path unfragmented, tunnels included. */
    public static final int DATAGRAM = 1200;

    /** The bytes of a request's header, and so the least of a request. */
    public static final int REQUEST_HEADER = 14;

    /** The bytes of a reply's header. */
    public static final int REPLY_HEADER = 6;

    /** The least bytes of an {@code H} request: it leaves its refusal room for a readable reason. */
    public static final int HELLO = 64;

    /** The most bytes of a content's name. */
    public static final int NAME = 512;

    /** The most bytes of a peer's name. */
    public static final int PEER_NAME = 64;

    /** The most bytes of an endpoint's host. */
    public static final int HOST = 255;

    /** The most endpoints of a peer. */
    public static final int ENDPOINTS = 8;

    /**
     * The most bytes of all endpoints of a peer together, so that a listing with the longest names and one source always
     * fits a datagram. An empty host counts as {@value #ADDRESS} bytes, since the index fills it in.
     */
    public static final int ENDPOINTS_BYTES = 472;

    /** The characters of the longest numeric address (IPv6, without a zone). */
    public static final int ADDRESS = 39;

    /** The most words of a search. */
    public static final int WORDS = 8;

    /** The most bytes of a word. */
    public static final int WORD = 64;

    /** The most bytes of the message of a refusal; a longer one is cut. */
    public static final int MESSAGE = 400;

    private Limits() {}
}
