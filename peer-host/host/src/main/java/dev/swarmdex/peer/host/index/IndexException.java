package dev.swarmdex.peer.host.index;

import java.io.IOException;

/** An index that does not answer, or refuses, with one line for the user: what is wrong, and the cure. */
public class IndexException extends IOException {

    /** A failure with the message to show. */
    public IndexException(String message) {
        super(message);
    }
}
