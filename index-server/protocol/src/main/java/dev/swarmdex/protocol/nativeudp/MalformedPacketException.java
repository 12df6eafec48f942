package dev.swarmdex.protocol.nativeudp;

/**
 * A datagram that holds no message of this protocol version. The message says why, for a person to read. It carries no
 * stack trace: whoever floods a server with garbage should not make it walk its stack each time.
 */
public final class MalformedPacketException extends Exception {

    private final Fault fault;
    private final int requestId;

    MalformedPacketException(Fault fault, int requestId, String message) {
        super(message, null, false, false);
        this.fault = fault;
        this.requestId = requestId;
    }

    /** What is wrong, and so how to answer. */
    public Fault fault() {
        return fault;
    }

    /** The id of the request, to answer it; 0 if {@link Fault#FOREIGN}. */
    public int requestId() {
        return requestId;
    }

    /** What is wrong with a datagram. */
    public enum Fault {
        /** It is not of this protocol, or must not be answered: silence. */
        FOREIGN,
        /** It is of this protocol in another version. A server answers {@link Reply.Reason#VERSION}. */
        VERSION,
        /** It is of this protocol, but breaks its rules. A server answers {@link Reply.Reason#BAD_REQUEST}. */
        MALFORMED
    }
}
