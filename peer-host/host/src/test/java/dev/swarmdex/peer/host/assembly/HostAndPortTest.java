package dev.swarmdex.peer.host.assembly;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({"example.org, example.org, 0", "10.0.0.1:7118, 10.0.0.1, 7118", "[2001:db8::1], 2001:db8::1, 0",
            "[2001:db8::1]:65535, 2001:db8::1, 65535"})
    void a_host_with_or_without_a_port_is_read(String text, String host, int port) {
        assertThat(HostAndPort.parse(text)).isEqualTo(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":7118", "host:", "host:65536", "host:port", "tcp://host:1", "2001:db8::1", "a b"})
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostAndPort.parse(text))
                .withMessageContaining("advertise");
    }
}
