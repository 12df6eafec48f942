package dev.swarmdex.config;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({"0.0.0.0:7117,0.0.0.0,7117", "[::]:0,::,0", "[::1]:65535,::1,65535", "[fe80::1%eth0]:1,fe80::1%eth0,1",
            "localhost:80,localhost,80"})
    void an_address_is_host_and_port_and_written_back_the_same(String text, String host, int port) {
        assertThat(BindAddress.parse(text)).isEqualTo(new BindAddress(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7117", ":7117", "host", "host:", "host:-1", "host:65536", "::1:7117", "[]:1", "a b:1",
            "host:99999999999999999999"})
    void what_is_no_address_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> BindAddress.parse(text));
    }

    @Test
    void an_address_is_ready_for_a_socket() {
        assertThat(BindAddress.parse("127.0.0.1:80").toSocketAddress().getAddress().isLoopbackAddress()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"20MB/s,20000000", "100Mbit/s,12500000", "1.5kB/s,1500", "64 KiB/s,65536", "8bit/s,1", "3B/s,3",
            "1GiB/s,1073741824", "10Gbit/s,1250000000"})
    void a_rate_is_a_number_and_a_unit(String text, long bytesPerSecond) {
        assertThat(DataRate.parse(text).bytesPerSecond()).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "20MB", "MB/s", "0B/s", "7bit/s", "-1MB/s", "20mb/s", "20XB/s", "Unlimited"})
    void what_is_no_rate_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataRate.parse(text));
    }

    @Test
    void unlimited_is_a_rate() {
        assertThat(DataRate.parse("unlimited")).matches(DataRate::isUnlimited).hasToString("unlimited");
        assertThat(DataRate.parse("1kB/s")).matches(rate -> !rate.isUnlimited()).hasToString("1kB/s");
        assertThat(DataRate.parse("100Mbit/s")).hasToString("12500kB/s");
        assertThat(DataRate.parse("1GiB/s")).hasToString("1073741824B/s");
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "120s,PT2M", "5m,PT5M", "24h,P1D", "365d,P365D", "0s,PT0S"})
    void a_duration_is_a_whole_number_and_a_unit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "120", "s", "-1s", "1.5h", "1w", "1 s", "99999999999d"})
    void what_is_no_duration_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }
}
