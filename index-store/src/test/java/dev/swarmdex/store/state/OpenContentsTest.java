package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Contents come out of their bytes as they went in. */
class OpenContentsTest {

    private static final String TREE = "sha256-tree:0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b"
            + "0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b";

    private final OpenContents contents = new OpenContents();
    private final ContentIndex index = new ContentIndex(contents);

    @ParameterizedTest
    @ValueSource(strings = {"x", "sha256-tree:", "sha256-tree:ab",
            "sha256-tree:0a1B0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b0a1b"
                    + "0a1b0a1b0a1b0a1b0a1b",
            "blake3:0011", "sha256-tree:ärger", TREE, TREE + "0"})
    void any_id_is_kept(String id) {
        assertThat(kept(new Content("name", Optional.of(id), 5))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, 126, 127, 128, 16_383, 1L << 35, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void any_size_and_number_is_kept(long size) {
        Content content = new Content("name", Optional.of(TREE), size);
        int row = index.add(Math.max(0, size), content);

        assertThat(contents.content(row)).isEqualTo(content);
        assertThat(contents.number(row)).isEqualTo(Math.max(0, size));
    }

    @Test
    void the_longest_name_and_id_are_kept() {
        assertThat(kept(new Content("ü".repeat(512), Optional.of("i".repeat(160)), Long.MAX_VALUE))).isTrue();
    }

    @Test
    void an_id_is_not_taken_for_the_same_bytes_in_another_form() {
        // the text that has the bytes of a tree's id is another id
        String bytes = "a".repeat(32);
        index.add(1, new Content("name", Optional.of("sha256-tree:" + "61".repeat(32)), 1));

        assertThat(index.find(new Content("name", Optional.of(bytes), 1))).isEqualTo(HashIndex.NONE);
    }

    private boolean kept(Content content) {
        int row = index.add(1, content);
        return contents.content(row).equals(content) && index.find(content) == row
                && index.named(ContentKey.name(content.name())) == row;
    }
}
