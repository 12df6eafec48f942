package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A plugin failed in a way that the api does not allow; the message says what it did. */
public final class PluginFailedException extends IOException {

    PluginFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
