package dev.swarmdex.peer.transportkit;

import java.io.IOException;

/** The peer understood a request and refused it. */
public final class RefusedException extends IOException {

    /** What it refused and why, for the log or the user. */
    public RefusedException(String message) {
        super(message);
    }
}
