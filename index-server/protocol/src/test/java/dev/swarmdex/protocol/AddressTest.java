package dev.swarmdex.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An address can be connected to, or it can't be constructed. */
class AddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a/b", "[::1]",
            "1234567890123456789012345678901234567890123456789012345678901234x"})
    void aHostHas1To64LettersDigitsAndFewSigns(String host) {
        assertThatThrownBy(() -> new Address(host, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host must be");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, 70_000})
    void aPortIs1To65535(int port) {
        assertThatThrownBy(() -> new Address("h", port)).hasMessage("port is " + port + ", allowed are 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 80", "+80", "8o", "-1", "123456", "٣"})
    void aPortIsWrittenInDecimalDigits(String text) {
        assertThatThrownBy(() -> Port.parse(text)).hasMessage("a port is not a number of up to five digits");
    }

    @Test
    void numericIpv4AddressesAreTold() {
        assertThat(new Address("192.0.2.255", 1).isIpv4()).isTrue();
        assertThat(new Address("192.0.2.256", 1).isIpv4()).isFalse();
        assertThat(new Address("192.0.2", 1).isIpv4()).isFalse();
        assertThat(new Address("::1", 1).isIpv4()).isFalse();
        assertThat(new Address("example", 1).isIpv4()).isFalse();
    }
}
