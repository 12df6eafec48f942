package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's selector, in use while it ranks. A download does not depend on it: when it fails or takes too long, the
 * candidates are used in the order in which they came.
 */
record GuardedSelector(String strategy, PeerSelector selector, Guard guard) implements PeerSelector {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedSelector.class);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        try {
            guard.begin();
            try {
                return guard.watchWithin(LIMIT, "rank", () -> checked(selector.rank(request), request));
            } finally {
                guard.uses().end();
            }
        } catch (IOException | IllegalArgumentException failure) {
            LOG.warn("selector {} does not choose, the sources are used in the order in which they came: {}", strategy,
                    failure.getMessage());
            return request.candidates();
        }
    }

    private static List<Candidate> checked(List<Candidate> ranked, SelectionRequest request) {
        if (!new HashSet<>(request.candidates()).containsAll(ranked)) {
            throw new IllegalStateException("it chose somebody who was not among the candidates");
        }
        return List.copyOf(ranked);
    }
}
