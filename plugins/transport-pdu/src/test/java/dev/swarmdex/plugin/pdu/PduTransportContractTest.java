package dev.swarmdex.plugin.pdu;

import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.Set;

class PduTransportContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new PduTransport();
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.TELLS_ABSENCE, Ability.OUTLIVES_LISTENING);
    }

    @Override
    protected int longestName() {
        return 25;
    }
}
