package dev.swarmdex.server.http;

/** A request whose query can't be used; the message says how it should be. */
final class BadQueryException extends Exception {

    BadQueryException(String message) {
        super(message);
    }
}
