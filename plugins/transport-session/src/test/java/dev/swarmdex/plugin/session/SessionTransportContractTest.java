package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.Set;

class SessionTransportContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new SessionTransport();
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.TELLS_SIZE, Ability.TELLS_ABSENCE, Ability.OUTLIVES_LISTENING);
    }

    @Override
    protected int longestName() {
        return ContentReference.LONGEST_NAME;
    }
}
