package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.List;

/** A plugin's selector, in use while it ranks. */
record CountedSelector(String strategy, PeerSelector selector, Uses uses) implements PeerSelector {

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        if (!uses.begin()) {
            throw new IllegalStateException("the plugin for " + strategy + " was removed");
        }
        try {
            return List.copyOf(selector.rank(request));
        } finally {
            uses.end();
        }
    }
}
