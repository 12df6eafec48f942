package dev.swarmdex.peer.host.sharing;

import java.io.IOException;

/** A command about shared files that can't be done, with a message for whoever gave it. */
public final class SharingException extends IOException {

    private static final long serialVersionUID = 1L;

    SharingException(String message) {
        super(message);
    }
}
