package dev.swarmdex.peer.transportkit;

import java.io.IOException;

/** The other side sent what the protocol does not allow, so that nothing after it on the connection can be trusted. */
public final class ProtocolException extends IOException {

    /** What it sent, for the log or the user. */
    public ProtocolException(String message) {
        super(message);
    }

    /** What it sent, and what is wrong with that. */
    public ProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
