package dev.swarmdex.peer.api;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ContentIdTest {

    private static final String DIGEST = "00112233445566778899aabbccddeeff";

    @Test
    void the_text_form_survives_a_round_trip() {
        assertThat(ContentId.parse("sha256-tree:" + DIGEST)).hasToString("sha256-tree:" + DIGEST);
    }

    @Test
    void digits_in_upper_case_mean_the_same_content() {
        assertThat(ContentId.parse("md5:00112233445566778899AABBCCDDEEFF")).isEqualTo(new ContentId("md5", DIGEST));
    }

    @Test
    void the_digest_comes_back_as_it_went_in() {
        byte[] digest = HexFormat.of().parseHex(DIGEST);
        assertThat(ContentId.of("md5", digest).digest()).isEqualTo(digest);
    }

    @Test
    void the_longest_text_is_as_long_as_is_said() {
        ContentId longest = ContentId.of("a".repeat(32), new byte[64]);
        assertThat(longest.toString()).hasSize(ContentId.LONGEST_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "md5", "md5:", "md5:00112233445566778899aabbccddee", ":" + DIGEST, "MD5:" + DIGEST,
            "md5:" + DIGEST + "0", "md5:0" + DIGEST, "md5:x" + DIGEST, "md5: " + DIGEST, "5md:" + DIGEST,
            "md5:" + DIGEST + DIGEST
                    + DIGEST + DIGEST + "00"})
    void what_is_not_a_content_id_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ContentId.parse(text));
    }

    @Test
    void a_record_holds_digits_in_one_case_only() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContentId("md5", "AA".repeat(16)));
    }
}
