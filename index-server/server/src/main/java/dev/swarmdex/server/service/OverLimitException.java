package dev.swarmdex.server.service;

/** The refusal of a change that goes over a limit of the config; the message is for the client. */
public final class OverLimitException extends RuntimeException {

    OverLimitException(String message) {
        super(message);
    }
}
