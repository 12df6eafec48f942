package dev.swarmdex.server.service;

/** The refusal of a change for a peer that has not joined, or is no longer there; the message is for the client. */
public final class NoSessionException extends RuntimeException {

    /** A refusal that names the peer. */
    public NoSessionException(String peer) {
        super("the index has no peer " + peer + ": join first");
    }
}
