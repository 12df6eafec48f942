package dev.swarmdex.peer.host.folder;

import dev.swarmdex.peer.api.ContentId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The manifest's bytes, and which manifests of strangers are refused. */
class ManifestTest {

    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final ContentId ID = new ContentId("sha256-tree", HEX);
    private static final String GOLDEN = """
            swarmdex-folder 1
            sha256-tree:%1$s 3 1700000000123 - a/b c.txt
            sha256-tree:%1$s 0 0 x größe/読む.sh
            """.formatted(HEX);

    @Test
    void a_folder_is_written_as_documented_in_whatever_order_its_files_come() {
        FolderFile first = new FolderFile("a/b c.txt", ID, 3, 1_700_000_000_123L, false);
        FolderFile second = new FolderFile("größe/読む.sh", ID, 0, 0, true);

        assertThat(new String(Manifest.of(List.of(second, first)).encode(), StandardCharsets.UTF_8))
                .isEqualTo(GOLDEN);
        Manifest parsed = Manifest.parse(bytes(GOLDEN));
        assertThat(parsed.files()).containsExactly(first, second);
        assertThat(parsed.size()).isEqualTo(3);
    }

    @Test
    void an_empty_folder_has_a_manifest_too() {
        byte[] empty = Manifest.of(List.of()).encode();

        assertThat(empty).isEqualTo(bytes("swarmdex-folder 1\n"));
        assertThat(Manifest.parse(empty).files()).isEmpty();
    }

    @Test
    void every_truncation_is_refused_but_the_one_at_the_end_of_a_line() {
        byte[] whole = bytes(GOLDEN);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length > 0 && cut[length - 1] == '\n') {
                assertThat(Manifest.parse(cut).files().size()).isLessThan(2);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(cut));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../evil", "/etc/passwd", "a//b", "a/", "", ".", "..", "a/./b", ".ssh/keys",
            "a/.git/x",
            "back\\slash", "nul\0", "tab\tbed", "a.part", "a.part.pieces", "e\u0301 not composed"})
    void paths_that_lead_elsewhere_or_to_what_nobody_shares_are_refused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FolderFile(path, ID, 1, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(line(HEX + " 1 1 - " + path)));
    }

    @Test
    void paths_that_are_too_long_or_too_deep_are_refused() {
        String longest = "n".repeat(FolderFile.LONGEST_NAME);
        String deepest = "d/".repeat(FolderFile.DEEPEST - 1) + "f";

        assertThat(new FolderFile(longest, ID, 1, 1, false).names()).containsExactly(longest);
        assertThat(new FolderFile(deepest, ID, 1, 1, false).names()).hasSize(FolderFile.DEEPEST);
        assertThatIllegalArgumentException().isThrownBy(() -> new FolderFile(longest + "n", ID, 1, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new FolderFile("d/" + deepest, ID, 1, 1, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FolderFile((longest + "/").repeat(4) + "12345", ID, 1, 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {" -1 1 - a", " 01 1 - a", " 1 1 y a", " 1 1 -", " 1 1 - ", "  1 1 - a",
            " 1 253402300800000 - a",
            " 17592186044417 1 - a", " 99999999999999999999 1 - a", " +1 1 - a", " 1 1 - a\r"})
    void lines_that_are_written_in_another_way_are_refused(String rest) {
        assertThat(Manifest.parse(line(HEX + " 1 1 - a")).files()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(line(HEX + rest)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(line(HEX.toUpperCase(Locale.ROOT) + " 1 1 - a")));
    }

    @Test
    void no_place_is_taken_twice() {
        FolderFile file = new FolderFile("a", ID, 1, 1, false);
        FolderFile below = new FolderFile("a/b/c", ID, 1, 1, false);

        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.of(List.of(file, file)))
                .withMessageContaining("\"a\" occurs twice");
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.of(List.of(file, below)));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Manifest.parse(bytes("swarmdex-folder 1\n" + ("sha256-tree:" + HEX + " 1 1 - a\n").repeat(2))));
    }

    @Test
    void another_order_other_versions_and_other_files_are_refused() {
        String swapped = GOLDEN.lines().toList().getFirst() + "\n" + GOLDEN.lines().toList().getLast() + "\n"
                + GOLDEN.lines().toList().get(1) + "\n";

        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(swapped)))
                .withMessageContaining("order");
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes("swarmdex-folder 2\n")));
        assertThat(Manifest.isManifest(bytes("swarmdex-folder 2\n"))).isTrue();
        assertThat(Manifest.isManifest(bytes("swarmdex"))).isFalse();
        assertThat(Manifest.isManifest(bytes("some other file of this name"))).isFalse();
    }

    @Test
    void too_many_files_are_refused_before_they_are_kept() {
        StringBuilder text = new StringBuilder("swarmdex-folder 1\n");
        for (int i = 0; i <= Manifest.MOST_FILES; i++) {
            text.append("m:").append("0".repeat(32)).append(" 1 1 - ").append(100_000 + i).append('\n');
        }

        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(bytes(text.toString())))
                .withMessageContaining("more than " + Manifest.MOST_FILES);
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(new byte[Manifest.LARGEST + 1]));
    }

    @Test
    void whatever_is_written_is_read_back_and_damage_never_becomes_another_exception() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            List<FolderFile> files = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                files.add(new FolderFile("d" + random.nextInt(4) + "/" + i + Character.toString(0x3042 + i), ID,
                        random.nextLong(1L << 44), random.nextLong(FolderFile.LATEST), random.nextBoolean()));
            }
            Collections.shuffle(files, random);
            byte[] written = Manifest.of(files).encode();
            assertThat(Manifest.parse(written).files()).containsExactlyInAnyOrderElementsOf(files);
            assertThat(Manifest.parse(written).encode()).isEqualTo(written);
            parseDamaged(written, random);
        }
    }

    private static void parseDamaged(byte[] written, Random random) {
        byte[] damaged = written.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        try {
            assertThat(Manifest.parse(damaged).encode()).isEqualTo(damaged);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static byte[] line(String rest) {
        return bytes("swarmdex-folder 1\nsha256-tree:" + rest + "\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
