package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.Set;

class KilobyteTransportContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new KilobyteTransport();
    }

    @Override
    protected Set<Ability> abilities() {
        return Set.of(Ability.RANGED, Ability.TELLS_SIZE, Ability.TELLS_ABSENCE, Ability.OUTLIVES_LISTENING);
    }

    @Override
    protected int longestName() {
        return 127;
    }
}
