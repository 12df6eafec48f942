package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.testkit.Ability;
import dev.swarmdex.peer.testkit.TransportContract;
import java.util.EnumSet;
import java.util.Set;

class TcpTransportContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new TcpTransport();
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    @Override
    protected int longestName() {
        return ContentReference.LONGEST_NAME;
    }
}
