package dev.swarmdex.protocol;

import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PartialNameTest {

    private static final Optional<String> ID = Optional.of("sha256-tree:" + "00".repeat(32));

    @Test
    void a_partial_name_leads_back_to_the_contents() {
        String name = PartialName.of("films/a.mkv");

        assertThat(name).isEqualTo("films/a.mkv.part");
        assertThat(PartialName.is(name, ID)).isTrue();
        assertThat(PartialName.content(name)).isEqualTo("films/a.mkv");
    }

    @Test
    void a_whole_content_has_no_partial_name() {
        assertThat(PartialName.is("films/a.mkv", ID)).isFalse();
        assertThat(PartialName.is(".part", ID)).isFalse();
    }

    @Test
    void without_an_id_it_is_a_file_like_any_other() {
        assertThat(PartialName.is("a.part", Optional.empty())).isFalse();
    }
}
