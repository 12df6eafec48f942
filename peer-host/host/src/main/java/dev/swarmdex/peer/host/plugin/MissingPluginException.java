package dev.swarmdex.peer.host.plugin;

import java.io.IOException;

/** No loaded plugin provides what is wanted; the message says which jar would, and what there is instead. */
public final class MissingPluginException extends IOException {

    MissingPluginException(String message) {
        super(message);
    }
}
