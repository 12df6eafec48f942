package dev.swarmdex.peer.host.plugin;

/** A jar can't be used as a plugin; the message is the reason, for the operator. */
final class RefusedJarException extends Exception {

    RefusedJarException(String reason) {
        super(reason);
    }

    RefusedJarException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** The reason; never absent. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
