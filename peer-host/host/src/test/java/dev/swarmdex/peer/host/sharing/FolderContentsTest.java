package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Folders that are offered as one thing. */
@Timeout(60)
class FolderContentsTest {

    private static final FileTime TIME = FileTime.fromMillis(1_600_000_000_123L);

    @TempDir
    Path temp;

    private Path configured;
    private Path set;
    private Path state;
    private Sharing sharing;

    @BeforeEach
    void start() throws IOException {
        temp = temp.toRealPath();
        configured = Files.createDirectory(temp.resolve("configured"));
        set = Files.createDirectory(temp.resolve("set"));
        state = temp.resolve("state");
        Files.createDirectory(set.resolve("sub"));
        Files.writeString(set.resolve("sub/one.txt"), "one");
        Files.setLastModifiedTime(set.resolve("sub/one.txt"), TIME);
        Files.createFile(set.resolve("run.sh"));
        Files.setPosixFilePermissions(set.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(set.resolve(".hidden"), "never");
        sharing = Sharing.started(state, configured);
    }

    @AfterEach
    void close() throws IOException {
        sharing.close();
    }

    @Test
    void a_shared_folder_is_a_content_too_that_tells_all_its_files() throws IOException {
        List<SharedFile> shared = sharing.files.share(List.of(set));

        assertThat(shared).extracting(SharedFile::name).containsExactlyInAnyOrder("set.folder", "run.sh",
                "sub/one.txt");
        assertThat(sharing.files.origin(sharing.file("set.folder"))).isEqualTo(set);
        assertThat(manifest("set.folder").files()).extracting(FolderFile::path).containsExactly("run.sh",
                "sub/one.txt");
        FolderFile run = manifest("set.folder").files().getFirst();
        FolderFile one = manifest("set.folder").files().getLast();
        assertThat(run.executable()).isTrue();
        assertThat(run.size()).isZero();
        assertThat(one).isEqualTo(
                new FolderFile("sub/one.txt", sharing.file("sub/one.txt").id(), 3, TIME.toMillis(), false));
    }

    @Test
    void the_same_files_give_the_same_content_wherever_they_are() throws IOException {
        sharing.files.share(List.of(set));
        Path copy = Files.createDirectories(configured.resolve("copies/set"));
        for (String file : List.of("sub/one.txt", "run.sh")) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(set.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }

        sharing.files.share(List.of(copy));

        assertThat(sharing.file("copies/set.folder").id()).isEqualTo(sharing.file("set.folder").id());
    }

    @Test
    void only_what_was_named_becomes_a_content_not_every_shared_folder() throws IOException {
        Files.createDirectories(configured.resolve("a/b"));
        Files.writeString(configured.resolve("a/b/c.txt"), "c");
        await().until(() -> sharing.names().contains("a/b/c.txt"));

        sharing.files.share(List.of(configured.resolve("a")));

        assertThat(sharing.names()).containsExactly("a.folder", "a/b/c.txt");
        assertThat(manifest("a.folder").files()).extracting(FolderFile::path).containsExactly("b/c.txt");
    }

    @Test
    void the_manifest_is_renewed_when_a_file_changes_comes_or_goes() throws IOException {
        sharing.files.share(List.of(set));

        Files.writeString(set.resolve("sub/one.txt"), "another");
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> manifest("set.folder").size() == 7);
        Files.writeString(set.resolve("new.txt"), "new");
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> manifest("set.folder").files().size() == 3);
        Files.delete(set.resolve("run.sh"));
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> manifest("set.folder").files().size() == 2);
        assertThat(sharing.names()).containsExactly("new.txt", "set.folder", "sub/one.txt");
    }

    @Test
    void it_is_there_again_after_a_restart_without_hashing_and_gone_when_unshared() throws IOException {
        sharing.files.share(List.of(set));
        restart();
        assertThat(sharing.names()).containsExactly("run.sh", "set.folder", "sub/one.txt");
        assertThat(sharing.unshare("set.folder")).extracting(SharedFile::name)
                .containsExactlyInAnyOrder("run.sh", "set.folder", "sub/one.txt");
        restart();

        assertThat(sharing.names()).isEmpty();
        assertThat(state.resolve("folders")).isEmptyDirectory();
    }

    @Test
    void unsharing_a_folder_inside_a_configured_one_leaves_its_files_shared() throws IOException {
        Path inside = Files.createDirectory(configured.resolve("in"));
        Files.writeString(inside.resolve("f"), "f");
        sharing.files.share(List.of(inside));

        sharing.unshare(inside.toString());

        assertThat(sharing.names()).containsExactly("in/f");
    }

    @Test
    void a_folder_that_vanishes_is_offered_no_more_and_again_when_it_comes_back() throws IOException {
        Path inside = Files.createDirectory(configured.resolve("in"));
        Files.writeString(inside.resolve("f"), "f");
        sharing.files.share(List.of(inside));

        Files.move(inside, configured.resolve("moved"));
        await().until(() -> sharing.names().equals(List.of("moved/f")));
        Files.move(configured.resolve("moved"), inside);
        await().until(() -> sharing.names().equals(List.of("in.folder", "in/f")));
    }

    @Test
    void a_name_that_is_taken_is_refused_and_a_folder_can_not_be_deleted_by_its_name() throws IOException {
        Files.writeString(configured.resolve("set.folder"), "a file of this name");
        await().until(() -> sharing.names().contains("set.folder"));

        assertThatExceptionOfType(SharingException.class).isThrownBy(() -> sharing.files.share(List.of(set)))
                .withMessageContaining("already has the name set.folder");
        Files.delete(configured.resolve("set.folder"));
        await().until(() -> sharing.names().isEmpty());
        sharing.files.share(List.of(set));
        assertThatExceptionOfType(SharingException.class).isThrownBy(() -> sharing.files.delete("set.folder"))
                .withMessageContaining("is a folder");
    }

    @Test
    void downloaded_files_are_offered_at_once_without_hashing_and_then_as_a_folder() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("got/photos"));
        byte[] bytes = {1, 2, 3};
        HashTree tree = MemoryTree.of(sharing.hasher, ByteBuffer.wrap(bytes));
        Path file = Files.write(folder.resolve("p.jpg"), bytes);

        sharing.files.adoptBelow(folder, Map.of(file, tree));
        assertThat(sharing.file("p.jpg").id()).isEqualTo(tree.root());
        assertThat(sharing.files.knownId(file)).contains(tree.root());
        sharing.files.offerFolder(folder);

        await().until(() -> sharing.names().equals(List.of("p.jpg", "photos.folder")));
        restart();
        assertThat(sharing.names()).containsExactly("p.jpg", "photos.folder");
    }

    @Test
    void a_folder_that_has_just_been_downloaded_can_be_unshared_at_once() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("got/photos"));
        byte[] bytes = {1, 2, 3};
        Path file = Files.write(folder.resolve("p.jpg"), bytes);
        sharing.files.adoptBelow(folder, Map.of(file, MemoryTree.of(sharing.hasher, ByteBuffer.wrap(bytes))));
        sharing.files.offerFolder(folder);

        sharing.unshare("photos.folder");

        sharing.settle();
        assertThat(sharing.names()).isEmpty();
    }

    @Test
    void two_folders_with_files_of_one_path_each_tell_their_own() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.createDirectory(other.resolve("sub"));
        Files.writeString(other.resolve("sub/one.txt"), "another one");
        sharing.files.share(List.of(set));

        List<SharedFile> shared = sharing.files.share(List.of(other));

        assertThat(shared).extracting(SharedFile::name).containsExactlyInAnyOrder("other.folder", "sub/one.txt");
        FolderFile own = manifest("other.folder").files().getFirst();
        assertThat(own.path()).isEqualTo("sub/one.txt");
        assertThat(own.size()).isEqualTo(11);
        assertThat(sharing.files.file(ContentReference.byId(own.id()))).map(SharedFile::path)
                .contains(other.resolve("sub/one.txt"));
        assertThat(sharing.file("sub/one.txt").path()).isEqualTo(set.resolve("sub/one.txt"));
        assertThat(manifest("set.folder").files()).extracting(FolderFile::id)
                .contains(sharing.file("sub/one.txt").id()).doesNotContain(own.id());
    }

    @Test
    void a_downloaded_folder_is_the_same_content_though_another_one_has_files_of_its_paths() throws IOException {
        sharing.files.share(List.of(set));
        Path folder = temp.resolve("got/photos");
        Files.createDirectories(folder.resolve("sub"));
        Path file = Files.writeString(folder.resolve("sub/one.txt"), "from afar");
        HashTree tree = MemoryTree.of(sharing.hasher, ByteBuffer.wrap(Files.readAllBytes(file)));

        sharing.files.adoptBelow(folder, Map.of(file, tree));
        sharing.files.offerFolder(folder);

        await().until(() -> sharing.names().contains("photos.folder"));
        assertThat(manifest("photos.folder").files()).extracting(FolderFile::id).containsExactly(tree.root());
    }

    private void restart() throws IOException {
        sharing.close();
        sharing = Sharing.started(state, configured);
    }

    private Manifest manifest(String name) throws IOException {
        SharedFile file = sharing.files.file(ContentReference.byName(name)).orElse(null);
        if (file == null) {
            return Manifest.of(List.of());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.transferTo(0, file.size(), Channels.newChannel(bytes));
        return Manifest.parse(bytes.toByteArray());
    }
}
