package dev.swarmdex.peer.host.download;

import java.io.IOException;

/** A download that can't go on, with one line for the user: what is wrong, and the cure. */
public class DownloadException extends IOException {

    /** A failure with the message to show. */
    public DownloadException(String message) {
        super(message);
    }

    /** A failure with the message to show and what caused it. */
    public DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
