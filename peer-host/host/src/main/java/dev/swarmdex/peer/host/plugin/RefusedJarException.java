package dev.swarmdex.peer.host.plugin;

/** A jar can't be used as a plugin; the message is the reason, for the operator. */
final class RefusedJarException extends Exception {

    private final String state;

    RefusedJarException(String reason) {
        this(PluginStatus.REFUSED, reason);
    }

    RefusedJarException(String state, String reason) {
        super(reason);
        this.state = state;
    }

    RefusedJarException(String reason, Throwable cause) {
        super(reason, cause);
        this.state = PluginStatus.REFUSED;
    }

    /** The state that the jar is in therefore. */
    String state() {
        return state;
    }

    /** The reason; never absent. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
