package dev.swarmdex.peer.host.command;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"-1, ?", "0, 0 B", "999, 999 B", "1000, 1.00 kB", "9994, 9.99 kB", "9995, 10.0 kB", "99949, 99.9 kB",
            "99950, 100 kB", "999499, 999 kB", "999500, 1.00 MB", "145959730, 146 MB", "1073741824, 1.07 GB",
            "9223372036854775807, 9.22 EB"})
    void byte_counts_have_three_digits_and_a_decimal_unit(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
