package dev.swarmdex.server.sql;

/** A query was not answered for want of time, or of a process for it, though nothing else may be wrong with it. */
public final class QueryUnservedException extends QueryFailedException {

    private static final long serialVersionUID = 1L;

    QueryUnservedException(String message) {
        super(message);
    }

    QueryUnservedException(String message, Throwable cause) {
        super(message, cause);
    }
}
