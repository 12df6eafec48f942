package dev.swarmdex.peer.host.assembly;

import java.io.IOException;

/** A value of the config that a plugin does not take, or for which there is none. */
public final class ConfigValueException extends IOException {

    private final String key;
    private final String text;

    ConfigValueException(String key, String text, Throwable cause) {
        super(key + ": " + text, cause);
        this.key = key;
        this.text = text;
    }

    /** The value's key, as {@code --set} takes it. */
    public String key() {
        return key;
    }

    /** What is wrong with it, without the key. */
    public String text() {
        return text;
    }
}
