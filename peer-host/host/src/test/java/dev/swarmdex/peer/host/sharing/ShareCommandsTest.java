package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.PieceHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Commands to a running host, and what is left of them after a restart. */
@Timeout(60)
class ShareCommandsTest {

    @TempDir
    Path temp;

    private Path folder;
    private Path elsewhere;
    private Path state;
    private Sharing sharing;

    @BeforeEach
    void start() throws IOException {
        temp = temp.toRealPath();
        folder = Files.createDirectory(temp.resolve("shared"));
        elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        state = temp.resolve("state");
        Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("in.txt"), "in");
        Files.writeString(elsewhere.resolve("out.txt"), "out");
        Files.writeString(Files.createDirectory(elsewhere.resolve("box")).resolve("boxed.txt"), "boxed");
        sharing = Sharing.started(state, folder);
    }

    @AfterEach
    void close() throws IOException {
        sharing.close();
    }

    @Test
    void aSingleFileIsSharedByItsName() throws IOException {
        List<SharedFile> shared = sharing.files.share(List.of(elsewhere.resolve("out.txt")));

        assertThat(shared).extracting(SharedFile::name).containsExactly("out.txt");
        assertThat(sharing.names()).containsExactly("out.txt", "sub/in.txt");
        restart();
        assertThat(sharing.names()).containsExactly("out.txt", "sub/in.txt");
    }

    @Test
    void aSingleFileIsFollowedToo() throws IOException {
        Path file = elsewhere.resolve("out.txt");
        sharing.files.share(List.of(file));

        Files.writeString(file, "changed a lot");
        await().until(() -> sharing.names().contains("out.txt") && sharing.file("out.txt").size() == 13);
        Files.delete(file);
        await().until(() -> !sharing.names().contains("out.txt"));
        Files.writeString(file, "again");
        await().until(() -> sharing.names().contains("out.txt"));
    }

    @Test
    void aFolderIsSharedWithAllBelowItAndWatched() throws IOException {
        List<SharedFile> shared = sharing.files.share(List.of(elsewhere));

        assertThat(shared).extracting(SharedFile::name).containsExactlyInAnyOrder("box/boxed.txt", "elsewhere.folder",
                "out.txt");
        Files.writeString(elsewhere.resolve("new.txt"), "new");
        await().until(() -> sharing.names().contains("new.txt"));
        restart();
        assertThat(sharing.names()).containsExactly("box/boxed.txt", "elsewhere.folder", "new.txt", "out.txt",
                "sub/in.txt");
    }

    @Test
    void sharingTwiceChangesNothing() throws IOException {
        Path file = elsewhere.resolve("out.txt");
        sharing.files.share(List.of(file, folder.resolve("sub"), folder));
        List<String> heard = List.copyOf(sharing.heard);

        assertThat(sharing.files.share(List.of(file, file))).hasSize(1);
        assertThat(sharing.files.share(List.of(folder.resolve("sub/in.txt")))).hasSize(1);
        assertThat(sharing.files.share(List.of(folder.resolve("sub")))).hasSize(2);
        assertThat(sharing.files.share(List.of(folder))).hasSize(3);

        assertThat(sharing.heard).isEqualTo(heard);
        sharing.unshare("out.txt");
        assertThat(sharing.names()).containsExactly("shared.folder", "sub.folder", "sub/in.txt");
    }

    @Test
    void aSingleFileKeepsItsNameWhenAFolderAroundItIsSharedLater() throws IOException {
        sharing.files.share(List.of(elsewhere.resolve("box/boxed.txt")));
        sharing.files.share(List.of(elsewhere));

        assertThat(sharing.names()).containsExactly("boxed.txt", "elsewhere.folder", "out.txt", "sub/in.txt");
        restart();
        assertThat(sharing.names()).containsExactly("boxed.txt", "elsewhere.folder", "out.txt", "sub/in.txt");
    }

    @Test
    void aFileReachedByALinkIsSharedByTheLinksName() throws IOException {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.txt"), elsewhere.resolve("box/boxed.txt"));

        sharing.files.share(List.of(link));

        assertThat(sharing.file("link.txt").size()).isEqualTo(5);
    }

    @Test
    void aFileOfASharedFolderCanBeUnsharedAndSharedAgain() throws IOException {
        Path file = folder.resolve("sub/in.txt");
        assertThat(sharing.unshare("sub/in.txt")).extracting(SharedFile::path).containsExactly(file);

        assertThat(sharing.names()).isEmpty();
        assertThat(file).exists();
        restart();
        assertThat(sharing.names()).isEmpty();

        assertThat(sharing.files.share(List.of(file))).hasSize(1);
        assertThat(sharing.names()).containsExactly("sub/in.txt");
        restart();
        assertThat(sharing.names()).containsExactly("sub/in.txt");
    }

    @Test
    void aSingleFileCanBeUnsharedEvenWhenItIsGone() throws IOException {
        Path file = elsewhere.resolve("out.txt");
        sharing.files.share(List.of(file));
        Files.delete(file);
        await().until(() -> !sharing.names().contains("out.txt"));

        assertThat(sharing.unshare("out.txt")).isEmpty();

        Files.writeString(file, "again");
        restart();
        assertThat(sharing.names()).containsExactly("sub/in.txt");
    }

    @Test
    void aFolderSharedByCommandCanBeUnsharedByItsPath() throws IOException {
        sharing.files.share(List.of(elsewhere));

        assertThat(sharing.unshare(elsewhere.toString())).hasSize(3);

        assertThat(sharing.names()).containsExactly("sub/in.txt");
        restart();
        assertThat(sharing.names()).containsExactly("sub/in.txt");
    }

    @Test
    void aFolderSharedByCommandCanBeUnsharedByItsNameAlone() throws IOException {
        for (String name : List.of("elsewhere", "elsewhere/", "elsewhere.folder")) {
            sharing.files.share(List.of(elsewhere));

            assertThat(sharing.unshare(name)).as(name).hasSize(3);
            assertThat(sharing.names()).containsExactly("sub/in.txt");
        }
    }

    @Test
    void aFileCanBeUnsharedByItsPath() throws IOException {
        Path file = elsewhere.resolve("out.txt");
        sharing.files.share(List.of(file));

        assertThat(sharing.files.unshare("../out.txt", Optional.of(file))).extracting(SharedFile::name)
                .containsExactly("out.txt");
        assertThat(sharing.unshare(folder.resolve("sub/in.txt").toString())).hasSize(1);

        assertThat(sharing.names()).isEmpty();
    }

    @Test
    void whatMayBeSeveralThingsIsNotUnsharedAndAllAreTold() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Path second = Files.writeString(other.resolve("out.txt"), "another");
        Path file = Files.writeString(temp.resolve("elsewhere.txt"), "a file");
        Path named = Files.move(file, Files.createDirectory(temp.resolve("third")).resolve("elsewhere"));
        sharing.files.share(List.of(elsewhere, other, named));

        refused(() -> sharing.files.unshare("out.txt", Optional.of(second)),
                "\"out.txt\" may be " + elsewhere.resolve("out.txt") + " or " + second);
        refused(() -> sharing.unshare("elsewhere"), "\"elsewhere\" may be " + named + " or " + elsewhere);
        assertThat(sharing.unshare(second.toString())).extracting(SharedFile::path).containsExactly(second);
        assertThat(sharing.file("out.txt").path()).isEqualTo(elsewhere.resolve("out.txt"));
    }

    @Test
    void ofTwoFilesWithOneNameTheSecondOneHasTheFirstOneAsItsNamesake() throws IOException {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("out.txt"), "another");
        Files.writeString(Files.createDirectory(other.resolve("box")).resolve("boxed.txt"), "boxed");
        sharing.files.share(List.of(elsewhere));

        List<SharedFile> shared = sharing.files.share(List.of(other));

        assertThat(shared).extracting(SharedFile::name).containsExactlyInAnyOrder("out.txt", "box/boxed.txt",
                "other.folder");
        Map<SharedFile, Path> namesakes = sharing.files.namesakes(shared);
        assertThat(namesakes.keySet()).extracting(SharedFile::path).containsExactly(other.resolve("out.txt"));
        assertThat(namesakes.values()).containsExactly(elsewhere.resolve("out.txt"));
        assertThat(sharing.files.namesakes(sharing.files.share(List.of(elsewhere)))).isEmpty();
    }

    @Test
    void whatKeepsADownloadFromBeingFoundByItsNameIsTold() throws IOException {
        sharing.files.share(List.of(elsewhere.resolve("out.txt"), elsewhere.resolve("box/boxed.txt")));
        Path inside = Files.writeString(folder.resolve("out.txt"), "another");
        Path same = Files.writeString(folder.resolve("boxed.txt"), "boxed");
        Path outside = Files.writeString(temp.resolve("out.txt"), "another");
        sharing.files.adopt(inside, treeOf("another"));
        sharing.files.adopt(same, treeOf("boxed"));

        assertThat(sharing.files.obstacle(inside, treeOf("another").root())).contains(inside
                + " is offered by its id only: " + elsewhere.resolve("out.txt") + " already has the name out.txt");
        assertThat(sharing.files.obstacle(outside, treeOf("another").root())).get().asString()
                .contains(outside + " can't be shared", "already has the name out.txt");
        assertThat(sharing.files.obstacle(same, treeOf("boxed").root())).isEmpty();
    }

    @Test
    void unsharingWhatIsNotSharedIsAnErrorThatSaysSo() {
        refused(() -> sharing.unshare("nothing.txt"), "\"nothing.txt\" is not shared");
        refused(() -> sharing.unshare("in.txt"), "\"in.txt\" is not shared");
        refused(() -> sharing.unshare(""), "is not shared");
        refused(() -> sharing.unshare("\0"), "is not shared");
        refused(() -> sharing.unshare(folder.toString()), "is shared by the config");
        refused(() -> sharing.files.delete("nothing.txt"), "\"nothing.txt\" is not shared");
    }

    @Test
    void whatCannotBeSharedIsRefusedWithTheReasonAndNothingElseIsShared() throws IOException {
        Path good = elsewhere.resolve("out.txt");
        Files.writeString(elsewhere.resolve("film.mkv.part"), "x");
        Files.writeString(elsewhere.resolve("line\nbreak"), "x");

        refused(() -> sharing.files.share(List.of(good, elsewhere.resolve("none"))), "there is no file or folder");
        refused(() -> sharing.files.share(List.of(good, Path.of("/dev/null"))), "neither a file nor a folder");
        refused(() -> sharing.files.share(List.of(good, state.resolve("hashes-sha256-tree"))), "state folder");
        refused(() -> sharing.files.share(List.of(good, elsewhere.resolve("film.mkv.part"))), "download under way");
        refused(() -> sharing.files.share(List.of(good, elsewhere.resolve("line\nbreak"))), "control characters");

        assertThat(sharing.names()).containsExactly("sub/in.txt");
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        Files.writeString(folder.resolve("out.txt"), "mine");
        await().until(() -> sharing.names().contains("out.txt"));

        refused(() -> sharing.files.share(List.of(elsewhere.resolve("out.txt"))),
                folder.resolve("out.txt") + " already");
        assertThat(sharing.file("out.txt").size()).isEqualTo(4);
    }

    @Test
    void aDeletedFileIsGoneFromDiskAndNotShared() throws IOException {
        SharedFile deleted = sharing.files.delete("sub/in.txt");

        assertThat(deleted.path()).isEqualTo(folder.resolve("sub/in.txt")).doesNotExist();
        assertThat(sharing.names()).isEmpty();
        assertThat(sharing.heard).containsExactly("+sub/in.txt", "-sub/in.txt");
    }

    @Test
    void aFinishedDownloadIsSharedAtOnceWithoutHashingIt() throws IOException {
        Path download = Files.writeString(folder.resolve("film.mkv"), "a film");
        long before = sharing.hasher.bytes.get();

        sharing.files.adopt(download, treeOf("a film"));

        assertThat(sharing.file("film.mkv").id()).isEqualTo(treeOf("a film").root());
        sharing.settle();
        assertThat(sharing.heard).containsExactly("+sub/in.txt", "+film.mkv");
        assertThat(sharing.hasher.bytes).hasValue(before);
        restart();
        assertThat(sharing.names()).containsExactly("film.mkv", "sub/in.txt");
        assertThat(sharing.hasher.bytes).hasValue(0);
    }

    @Test
    void aDownloadToElsewhereIsSharedToo() throws IOException {
        Path download = Files.writeString(elsewhere.resolve("film.mkv"), "a film");

        sharing.files.adopt(download, treeOf("a film"));

        assertThat(sharing.names()).containsExactly("film.mkv", "sub/in.txt");
        restart();
        assertThat(sharing.names()).containsExactly("film.mkv", "sub/in.txt");
    }

    @Test
    void aTreeOfAnotherSizeIsRefused() throws IOException {
        Path download = Files.writeString(folder.resolve("film.mkv"), "another film");

        refused(() -> sharing.files.adopt(download, treeOf("a film")), "has changed");
    }

    @Test
    void aTreeOfAnotherAlgorithmLeadsToHashing() throws IOException {
        Path download = Files.writeString(folder.resolve("film.mkv"), "a film");
        HashTree foreign = HashTree.of(new CountingHasher("other-tree"), 6, treeOf("a film").pieceHashes());

        sharing.files.adopt(download, foreign);

        await().until(() -> sharing.names().contains("film.mkv"));
        assertThat(sharing.file("film.mkv").id()).isEqualTo(treeOf("a film").root());
    }

    @Test
    void commandsToAClosedHostAreRefused() throws IOException {
        sharing.close();

        refused(() -> sharing.files.share(List.of(folder)), "stopping");
        refused(() -> sharing.unshare("sub/in.txt"), "stopping");
    }

    private void restart() throws IOException {
        sharing.close();
        sharing = Sharing.started(state, folder);
    }

    private static HashTree treeOf(String text) {
        CountingHasher hasher = new CountingHasher();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        PieceHasher piece = new PieceHasher(hasher, bytes.length);
        piece.update(ByteBuffer.wrap(bytes));
        return HashTree.of(hasher, bytes.length, piece.finish());
    }

    private static void refused(ThrowingCallable command, String reason) {
        assertThatExceptionOfType(SharingException.class).isThrownBy(command).withMessageContaining(reason);
    }
}
