package dev.swarmdex.it.seed;

import java.io.IOException;

/** A server did not send the file; the message is what it said, in the words of its protocol. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    RefusedException(String answer) {
        super(answer);
    }
}
