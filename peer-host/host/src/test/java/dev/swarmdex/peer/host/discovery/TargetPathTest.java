package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.host.download.DownloadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetPathTest {

    @TempDir
    private Path folder;

    @Test
    void a_content_keeps_its_folders_below_the_download_folder() throws IOException {
        assertThat(TargetPath.of("sets/a/train.bin", folder, Optional.empty()))
                .isEqualTo(folder.resolve("sets").resolve("a").resolve("train.bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../evil", "a/../../evil", "/etc/passwd", "a//b", "a/", ".", "a/./b", "a\\..\\evil",
            "", "nul\0byte"})
    void a_name_that_leads_elsewhere_is_refused(String name) {
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> TargetPath.of(name, folder, Optional.empty())).withMessageContaining("-o");
    }

    @Test
    void the_wish_for_a_file_is_that_file_whatever_the_name() throws IOException {
        Path wish = folder.resolve("mine.bin");

        assertThat(TargetPath.of("../evil", folder, Optional.of(wish.toString()))).isEqualTo(wish);
    }

    @Test
    void the_wish_for_a_folder_keeps_the_last_part_of_the_name_only() throws IOException {
        Path existing = Files.createDirectory(folder.resolve("existing"));

        assertThat(TargetPath.of("sets/train.bin", folder, Optional.of(existing.toString())))
                .isEqualTo(existing.resolve("train.bin"));
        assertThat(TargetPath.of("sets/train.bin", folder, Optional.of(folder.resolve("new") + "/")))
                .isEqualTo(folder.resolve("new").resolve("train.bin"));
    }

    @Test
    void not_even_a_wished_folder_is_left() {
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> TargetPath.of("..", folder, Optional.of(folder + "/")));
    }

    @Test
    void the_wish_for_where_a_folder_goes_is_the_folder_itself_or_with_a_slash_the_one_around_it() throws IOException {
        Path existing = Files.createDirectory(folder.resolve("existing"));

        assertThat(TargetPath.ofFolder("sets/a", folder, Optional.empty())).isEqualTo(folder.resolve("sets/a"));
        assertThat(TargetPath.ofFolder("sets/a", folder, Optional.of(existing.toString()))).isEqualTo(existing);
        assertThat(TargetPath.ofFolder("sets/a", folder, Optional.of(existing + "/"))).isEqualTo(existing.resolve("a"));
        assertThat(TargetPath.ofFolder("sets/a", folder, Optional.of(existing + "/.")))
                .isEqualTo(existing.resolve("a"));
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(() -> TargetPath.ofFolder("..", folder, Optional.empty()));
    }
}
