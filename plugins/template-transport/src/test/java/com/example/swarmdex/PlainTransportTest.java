package com.example.swarmdex;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.Set;

/** All that hosts rely on is in the contract; tests of what is special about the protocol go here. */
class PlainTransportTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new PlainTransport();
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
