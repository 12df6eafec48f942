package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PieceSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PartFileTest {

    private static final ContentId ID = new ContentId("sha256-tree", "ab".repeat(32));
    private static final ContentId OTHER = new ContentId("sha256-tree", "cd".repeat(32));

    @TempDir
    private Path folder;
    private Path target;

    @BeforeEach
    void chooseTarget() {
        target = folder.resolve("deep").resolve("movie.mkv");
    }

    @Test
    void the_target_appears_only_when_the_download_is_finished() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 5)) {
            part.write(0, ByteBuffer.wrap(new byte[]{1, 2, 3, 4, 5}));
            assertThat(target).doesNotExist();

            part.finish();
        }

        assertThat(target).hasBinaryContent(new byte[]{1, 2, 3, 4, 5});
        assertThat(target.getParent()).isDirectoryNotContaining(path -> path.toString().contains(".part"));
    }

    @Test
    void pieces_of_an_earlier_attempt_are_known_from_the_last_checkpoint() throws IOException {
        BitSet verified = new BitSet();
        verified.set(3);
        try (PartFile part = PartFile.open(target, ID, 1000)) {
            part.checkpoint(verified);
        }

        try (PartFile again = PartFile.open(target, ID, 1000)) {
            assertThat(again.stored()).isEqualTo(verified);
        }
    }

    @Test
    void a_part_of_another_content_is_refused_and_left_alone() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 3)) {
            part.write(0, ByteBuffer.wrap(new byte[]{7, 8, 9}));
        }

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, OTHER, 3))
                .withMessageContaining("-o");
        assertThat(part()).hasBinaryContent(new byte[]{7, 8, 9});
    }

    @Test
    void the_room_that_an_earlier_attempt_has_taken_is_that_of_its_pieces() throws IOException {
        long size = 5L * PieceSize.SMALLEST + 1;
        assertThat(PartFile.bytesStored(target, ID, size)).isZero();
        BitSet verified = new BitSet();
        verified.set(3);
        verified.set(5); // of a single byte
        try (PartFile part = PartFile.open(target, ID, size)) {
            part.checkpoint(verified);
        }

        assertThat(PartFile.bytesStored(target, ID, size)).isEqualTo(PieceSize.SMALLEST + 1);
        assertThat(PartFile.bytesStored(target, OTHER, size)).isZero();
    }

    @Test
    void a_part_of_another_content_can_be_removed_with_its_note_and_no_other() throws IOException {
        PartFile.open(target, ID, 3).close();

        PartFile.discardOther(target, ID, 3);
        assertThat(part()).exists();
        PartFile.discardOther(target, OTHER, 3);
        assertThat(target.getParent()).isEmptyDirectory();
        PartFile.discardOther(target, OTHER, 3);
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void a_part_of_another_content_that_is_being_downloaded_is_not_removed() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 3)) {
            assertThatExceptionOfType(DownloadException.class)
                    .isThrownBy(() -> PartFile.discardOther(target, OTHER, 3))
                    .withMessageContaining("another download");
            assertThat(part.path()).exists();
        }
    }

    @Test
    void a_file_that_is_no_part_of_ours_is_refused_and_left_alone() throws IOException {
        Files.createDirectories(part().getParent());
        Files.writeString(part(), "somebody's own file");

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, ID, 3));
        assertThat(part()).hasContent("somebody's own file");
    }

    @Test
    void a_damaged_note_is_not_believed() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 1000)) {
            part.checkpoint(new BitSet());
        }
        Path note = target.resolveSibling("movie.mkv.part.pieces");
        byte[] bytes = Files.readAllBytes(note);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            Files.write(note, damaged);
            assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, ID, 1000));
        }
        for (int length = 0; length < bytes.length; length++) {
            Files.write(note, java.util.Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, ID, 1000));
        }
    }

    @Test
    void two_downloads_never_write_one_file() throws IOException {
        try (PartFile first = PartFile.open(target, ID, 10)) {
            assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, ID, 10))
                    .withMessageContaining("another download");
            assertThat(first.stored().isEmpty()).isTrue();
        }
    }

    @Test
    void the_very_same_that_came_into_being_meanwhile_is_the_download() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 1)) {
            part.write(0, ByteBuffer.wrap(new byte[]{1}));
            Files.write(target, new byte[]{1});

            part.finish();
        }

        assertThat(target).hasBinaryContent(new byte[]{1});
        assertThat(target.getParent()).isDirectoryNotContaining(path -> path.toString().contains(".part"));
    }

    @Test
    void a_file_that_came_into_being_meanwhile_is_not_overwritten() throws IOException {
        try (PartFile part = PartFile.open(target, ID, 1)) {
            part.write(0, ByteBuffer.wrap(new byte[]{1}));
            Files.writeString(target, "mine");

            assertThatExceptionOfType(DownloadException.class).isThrownBy(part::finish);
        }
        assertThat(target).hasContent("mine");
    }

    @Test
    void what_can_not_fit_on_the_disk_is_not_begun() {
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> PartFile.open(target, ID, 1L << 60))
                .withMessageStartingWith("disk full");
        assertThat(part()).doesNotExist();
    }

    private Path part() {
        return target.resolveSibling("movie.mkv.part");
    }
}
