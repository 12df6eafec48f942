package dev.swarmdex.store;

/** A failure of the store whose message is for the operator: what is wrong, and the cure. */
public class StoreException extends RuntimeException {

    /** A failure with the message to show. */
    public StoreException(String message) {
        super(message);
    }

    /** A failure with the message to show and what caused it. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
