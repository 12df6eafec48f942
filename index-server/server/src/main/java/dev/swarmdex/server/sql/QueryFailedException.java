package dev.swarmdex.server.sql;

/** A query was not answered; the message is one line that says why. */
public sealed class QueryFailedException extends Exception permits QueryUnservedException {

    private static final long serialVersionUID = 1L;

    QueryFailedException(String message) {
        super(message);
    }

    QueryFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
