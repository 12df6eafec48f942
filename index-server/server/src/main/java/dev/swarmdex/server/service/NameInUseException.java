package dev.swarmdex.server.service;

/** The refusal of a peer whose name a live peer with another identity has; the message is for the client. */
public final class NameInUseException extends RuntimeException {

    NameInUseException(String peer) {
        super("the name " + peer + " belongs to another peer that is alive: take another name, or wait for its lease to"
                + " run out");
    }
}
