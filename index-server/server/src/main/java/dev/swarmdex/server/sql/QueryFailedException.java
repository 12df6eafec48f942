package dev.swarmdex.server.sql;

/** A query was not answered; the message is one line that says why. */
public final class QueryFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    QueryFailedException(String message) {
        super(message);
    }

    QueryFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
