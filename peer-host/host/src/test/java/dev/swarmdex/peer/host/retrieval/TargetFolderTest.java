package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.folder.FolderFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is written below a folder, and what never is. */
class TargetFolderTest {

    private static final ContentId ID = new ContentId("sha256-tree", "ab".repeat(32));

    private static final String PARTS = ".swarmdex.parts";

    @TempDir
    Path temp;

    private Path outside;
    private Path root;
    private TargetFolder folder;

    @BeforeEach
    void open() throws IOException {
        outside = Files.createDirectory(temp.toRealPath().resolve("outside"));
        root = temp.toRealPath().resolve("new/set");
        folder = TargetFolder.open(root);
        folder.makeParts();
    }

    @Test
    void a_file_is_written_with_its_folders_its_time_and_its_permission() throws IOException {
        write("a/b/run.sh", "bytes", true);

        Path file = root.resolve("a/b/run.sh");
        assertThat(file).hasContent("bytes");
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_234_567);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).startsWith("rwx");
        assertThat(root.resolve("a/b")).isDirectoryContaining("glob:**/run.sh");
        assertThat(partFiles()).isEmpty();
    }

    @Test
    void nothing_is_written_through_a_link_in_the_folder() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("x"));

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> write("link/deep/evil", "x", false))
                .withMessageContaining("is not a folder");
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> write("dangling", "x", false));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void what_an_attempt_that_died_has_left_is_removed_and_a_link_in_its_place_is_not_followed() throws IOException {
        Files.writeString(folder.newPart(), "half");
        folder.makeParts();
        assertThat(partFiles()).isEmpty();
        assertThat(folder.isEmpty()).isTrue();

        folder.removeParts();
        Files.writeString(outside.resolve("precious"), "theirs");
        Files.createSymbolicLink(root.resolve(PARTS), outside);
        folder.makeParts();
        write("f", "bytes", false);
        assertThat(outside.resolve("precious")).hasContent("theirs");
        assertThat(outside).isDirectoryNotContaining("regex:.*[0-9]");
    }

    @Test
    void nothing_is_written_over_a_file_or_where_a_file_is_in_place_of_a_folder() throws IOException {
        Files.writeString(root.resolve("mine"), "mine");

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> write("mine", "theirs", false));
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> write("mine/theirs", "theirs", false));
        assertThat(root).isDirectoryContaining("glob:**/mine");
        assertThat(partFiles()).isEmpty();
        assertThat(root.resolve("mine")).hasContent("mine");
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> TargetFolder.open(root.resolve("mine")))
                .withMessageContaining("is not a folder");
    }

    @Test
    void what_another_download_has_put_there_meanwhile_is_present() throws IOException {
        write("a/run.sh", "bytes", true);
        TargetFolder inner = TargetFolder.open(root.resolve("a"));
        inner.makeParts();

        assertThat(write(inner, "run.sh", "bytes")).isFalse();

        assertThat(root.resolve("a/run.sh")).hasContent("bytes");
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> write(inner, "run.sh", "other"));
        inner.removeParts();
        assertThat(root.resolve("a")).isDirectoryContaining("glob:**/run.sh")
                .isDirectoryNotContaining("glob:**.parts");
        assertThat(root.resolve("a/run.sh")).hasContent("bytes");
    }

    @Test
    void a_folder_and_one_inside_it_can_be_written_at_once() throws Exception {
        TargetFolder inner = TargetFolder.open(root.resolve("a"));
        inner.makeParts();
        List<Future<Boolean>> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String path = "d" + i + "/deep/f";
                written.add(threads.submit(() -> write(folder, "a/" + path, "bytes")));
                written.add(threads.submit(() -> write(inner, path, "bytes")));
            }
        }

        assertThat(written).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ZERO));
    }

    @Test
    void a_folder_larger_than_the_disk_is_not_begun() throws IOException {
        folder.requireSpace(1);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> folder.requireSpace(Long.MAX_VALUE))
                .withMessageContaining("disk full");
    }

    @Test
    void what_was_written_can_be_flushed() throws IOException {
        write("a", "bytes", false);

        DiskFlush.of(root, List.of(root.resolve("a")));

        assertThat(root.resolve("a")).hasContent("bytes");
    }

    private void write(String path, String bytes, boolean executable) throws IOException {
        FolderFile file = new FolderFile(path, ID, bytes.length(), 1_234_567, executable);
        folder.write(file, folder.pathOf(file), ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean write(TargetFolder to, String path, String bytes) throws IOException {
        FolderFile file = new FolderFile(path, ID, bytes.length(), 1_234_567, false);
        return to.write(file, to.pathOf(file), ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
    }

    private List<Path> partFiles() throws IOException {
        try (Stream<Path> below = Files.walk(root.resolve(PARTS))) {
            return below.filter(Files::isRegularFile).toList();
        }
    }
}
