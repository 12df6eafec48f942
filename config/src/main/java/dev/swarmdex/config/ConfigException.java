package dev.swarmdex.config;

/** A config that can't be used; the message says all that is wrong with it, one line each. */
public final class ConfigException extends Exception {

    ConfigException(String message) {
        super(message);
    }

    ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
