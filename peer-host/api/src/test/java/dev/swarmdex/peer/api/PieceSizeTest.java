package dev.swarmdex.peer.api;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PieceSizeTest {

    @ParameterizedTest
    @CsvSource({"0, 65536", "1, 65536", "65536000, 65536", "65536001, 131072", "131072000, 131072", "131072001, 262144",
            "1073741824, 2097152", "8388608000, 8388608", "8388608001, 16777216", "9223372036854775807, 16777216"})
    void a_content_has_at_most_a_thousand_pieces_until_they_are_the_largest(long contentSize, int pieceSize) {
        assertThat(PieceSize.of(contentSize)).isEqualTo(pieceSize);
    }
}
