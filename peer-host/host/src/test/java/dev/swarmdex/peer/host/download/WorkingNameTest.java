package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.folder.UnsharedNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Names of all lengths that a file system allows can be downloaded to. */
class WorkingNameTest {

    private static final ContentId ID = new ContentId("sha256-tree", "ab".repeat(32));

    @TempDir
    private Path folder;

    @Test
    void names_that_leave_room_for_every_suffix_keep_it() {
        Path longest = folder.resolve("n".repeat(239));

        assertThat(WorkingName.beside(longest, ".part")).isEqualTo(folder.resolve("n".repeat(239) + ".part"));
        assertThat(WorkingName.beside(Path.of("film.mkv"), ".part.pieces")).isEqualTo(Path.of("film.mkv.part.pieces"));
    }

    @Test
    void neither_a_note_nor_one_that_is_being_written_is_shared() {
        assertThat(UnsharedNames.isDownloadUnderWay("film.mkv.part.pieces")).isTrue();
        assertThat(UnsharedNames.isDownloadUnderWay("film.mkv.part.pieces.new")).isTrue();
        assertThat(UnsharedNames.isDownloadUnderWay("film.party.mkv.new")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {239, 240, 254, 255})
    void a_download_to_a_long_name_goes_on_and_ends(int length) throws IOException {
        Path target = folder.resolve("n".repeat(length));
        BitSet verified = new BitSet();
        verified.set(1);
        try (PartFile part = PartFile.open(target, ID, 100_000)) {
            part.checkpoint(verified);
            assertThat(UnsharedNames.isDownloadUnderWay(part.path().getFileName().toString())).isTrue();
        }
        try (PartFile part = PartFile.open(target, ID, 100_000)) {
            assertThat(part.stored()).isEqualTo(verified);
            part.finish();
        }
        try (GrowingFile unverified = GrowingFile.open(target, WholeFile.SUFFIX)) {
            unverified.write(0, ByteBuffer.allocate(1));
            unverified.discard();
        }

        assertThat(folder).isDirectoryContaining(target::equals).isDirectoryNotContaining(path -> !path.equals(target));
    }

    @Test
    void names_that_differ_only_in_their_ends_stay_different() {
        Path one = WorkingName.beside(folder.resolve("n".repeat(254) + "1"), ".part");
        Path other = WorkingName.beside(folder.resolve("n".repeat(254) + "2"), ".part");

        assertThat(one).isNotEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "\u20ac", "\ud83d\ude00"})
    void a_character_is_never_cut_in_two(String character) throws IOException {
        int size = character.getBytes(StandardCharsets.UTF_8).length;
        for (int ascii = 0; ascii < size; ascii++) {
            String name = "n".repeat(ascii) + character.repeat((255 - ascii) / size);
            Path working = WorkingName.beside(folder.resolve(name), ".part.pieces.new");

            String text = working.getFileName().toString();
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(250, 255);
            assertThat(text).startsWith("n".repeat(ascii) + character).endsWith(".part.pieces.new");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
        }
    }

    @Test
    void a_long_suffix_shortens_the_stem_further() throws IOException {
        Path working = WorkingName.beside(folder.resolve("n".repeat(255)), ".4194304-1234567.folder.part");

        assertThat(Files.createFile(working).getFileName().toString()).hasSize(255).endsWith(".folder.part");
    }
}
