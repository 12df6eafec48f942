package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** No loaded plugin provides what is wanted; the message says which jar would, and what there is instead. */
public final class MissingPluginException extends IOException {

    private final String wanted;
    private final List<String> there;

    MissingPluginException(String message, String wanted, Set<String> there) {
        super(message);
        this.wanted = wanted;
        this.there = List.copyOf(there);
    }

    /** The name that nothing has. */
    public String wanted() {
        return wanted;
    }

    /** The names of the same kind that there are. */
    public List<String> there() {
        return there;
    }
}
