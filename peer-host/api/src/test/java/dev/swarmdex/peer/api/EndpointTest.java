package dev.swarmdex.peer.api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.7:7118", "tcp://localhost:1", "pdu://[::1]:65535",
            "tcp://[fe80::1%eth0]:7118",
            "bittorrent+utp://müller-pc.lan:6881"})
    void the_text_form_survives_a_round_trip(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @Test
    void an_ipv6_address_is_kept_without_its_brackets() {
        assertThat(Endpoint.parse("tcp://[2001:db8::1]:7118")).isEqualTo(new Endpoint("tcp", "2001:db8::1", 7118));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp", "tcp:", "tcp://", "tcp://host", "tcp://host:", "tcp://host:0",
            "tcp://host:65536",
            "tcp://host:99999999999", "tcp://:7118", "://host:7118", "TCP://host:7118", "tcp://ho st:7118",
            "tcp://host:7118/", "tcp://user@host:7118", "tcp://::1:7118", "tcp://[]:7118", "tcp://[::1:7118",
            "tcp://host\n:7118", "tcp://host:+718", "9tcp://host:1"})
    void what_is_not_an_endpoint_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
    }

    @Test
    void a_host_that_no_resolver_takes_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("tcp", "a".repeat(256), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint("tcp", "[::1]", 1));
    }
}
