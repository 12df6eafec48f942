package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.Nearest;
import dev.swarmdex.peer.host.plugin.MissingPluginException;
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

    /** For a name that no plugin has, with the one that was probably meant. */
    static ConfigValueException of(String key, MissingPluginException missing) {
        String meant = Nearest.to(missing.wanted(), missing.there())
                .map(near -> "did you mean \"" + near + "\"? There is ").orElse("");
        return new ConfigValueException(key, meant + missing.getMessage(), missing);
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
