package dev.swarmdex.peer.api;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ContentReferenceTest {

    private static final ContentId ID = ContentId.of("md5", new byte[16]);

    @Test
    void a_content_is_meant_by_its_name_its_id_or_both() {
        assertThat(ContentReference.byName("films/a.mkv")).isEqualTo(
                new ContentReference(Optional.of("films/a.mkv"), Optional.empty()));
        assertThat(ContentReference.byId(ID)).isEqualTo(new ContentReference(Optional.empty(), Optional.of(ID)));
        assertThat(ContentReference.of("a", ID)).isEqualTo(new ContentReference(Optional.of("a"), Optional.of(ID)));
    }

    @Test
    void a_reference_to_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new ContentReference(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0", "\u007f", "\u0085"})
    void an_impossible_name_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> ContentReference.byName(name));
    }

    @Test
    void a_names_length_counts_in_bytes() {
        assertThat(ContentReference.byName("ü".repeat(256)).name()).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> ContentReference.byName("ü".repeat(256) + "a"));
    }
}
