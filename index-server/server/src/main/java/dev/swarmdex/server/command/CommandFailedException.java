package dev.swarmdex.server.command;

/** A command could not do its work; the message is one line for the user and names the cure. */
public final class CommandFailedException extends Exception {

    /** A failure with its message. */
    public CommandFailedException(String message) {
        super(message);
    }

    /** A failure with its message and its cause. */
    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
