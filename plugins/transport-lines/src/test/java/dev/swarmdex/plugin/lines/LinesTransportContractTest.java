package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.Set;

class LinesTransportContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new LinesTransport();
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.OUTLIVES_LISTENING);
    }

    @Override
    protected int longestName() {
        return ContentReference.LONGEST_NAME;
    }
}
