package dev.swarmdex.peer.api;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
            "10.1.2.3, 24, 10.1.2.200, true",
            "10.1.2.3, 24, 10.1.3.3, false",
            "10.1.2.3, 23, 10.1.3.3, true",
            "10.1.2.3, 32, 10.1.2.3, true",
            "10.1.2.3, 32, 10.1.2.2, false",
            "10.1.2.3, 0, 192.0.2.1, true",
            "192.168.255.1, 17, 192.168.128.9, true",
            "192.168.255.1, 17, 192.168.127.9, false",
            "2001:db8:1::7, 64, 2001:db8:1::8, true",
            "2001:db8:1::7, 64, 2001:db8:1:1::8, false",
            "2001:db8:1::7, 0, 10.1.2.3, false",
            "10.1.2.3, 0, 2001:db8:1::7, false"})
    void an_address_is_in_the_network_whose_leading_bits_it_has(String own, int prefix, String host, boolean inside) {
        assertThat(new Network(InetAddress.ofLiteral(own), prefix).contains(host)).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "peer7.example", "10.1.2", "fe80::1%nosuchinterface"})
    void a_name_is_in_no_network(String host) {
        Network everything = new Network(InetAddress.ofLiteral("127.0.0.1"), 8);
        assertThat(everything.contains(host)).isFalse();
    }

    @Test
    void a_prefix_longer_than_the_address_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Network(InetAddress.ofLiteral("10.0.0.1"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> new Network(InetAddress.ofLiteral("::1"), 129));
        assertThatIllegalArgumentException().isThrownBy(() -> new Network(InetAddress.ofLiteral("::1"), -1));
    }
}
