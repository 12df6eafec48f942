package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalNetworksTest {

    @Test
    void the_loopback_network_is_among_them_and_the_order_stays_the_same() {
        List<Network> networks = LocalNetworks.now();
        assertThat(networks).anyMatch(network -> network.contains("127.0.0.77"))
                .allSatisfy(network -> assertThat(network.prefixLength()).isPositive());
        assertThat(LocalNetworks.now()).isEqualTo(networks);
    }
}
