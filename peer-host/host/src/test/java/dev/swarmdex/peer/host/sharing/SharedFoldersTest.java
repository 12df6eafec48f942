package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentReference;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Files come and go in shared folders. */
@Timeout(60)
class SharedFoldersTest {

    @TempDir
    Path temp;

    private Path folder;
    private Path state;
    private Sharing sharing;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(temp.resolve("shared")).toRealPath();
        state = temp.resolve("state");
        write("first.txt", "first");
        write("sub/second.txt", "second");
        sharing = Sharing.started(state, folder);
    }

    @AfterEach
    void close() throws IOException {
        sharing.close();
    }

    @Test
    void filesThatAreThereAreSharedByTheirRelativePath() {
        assertThat(sharing.names()).containsExactly("first.txt", "sub/second.txt");
        assertThat(sharing.file("sub/second.txt").size()).isEqualTo(6);
        assertThat(sharing.file("first.txt").path()).isEqualTo(folder.resolve("first.txt"));
    }

    @Test
    void theContentIdIsTheRootOfTheFilesTree() {
        assertThat(sharing.file("first.txt").id().toString()).isEqualTo(
                "sha256-tree:a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
    }

    @Test
    void aNewFileIsShared() throws IOException {
        write("new/deep/er.txt", "new");

        eventuallyShared("first.txt", "new/deep/er.txt", "sub/second.txt");
    }

    @Test
    void aRemovedFileIsNotSharedAnyMore() throws IOException {
        Files.delete(folder.resolve("first.txt"));

        eventuallyShared("sub/second.txt");
        assertThat(sharing.heard).endsWith("-first.txt");
    }

    @Test
    void aChangedFileIsSharedAnewWithItsNewId() throws IOException {
        SharedFile old = sharing.file("first.txt");
        write("first.txt", "changed");

        await().until(() -> sharing.files.file(ContentReference.byName("first.txt"))
                .filter(file -> !file.id().equals(old.id())).isPresent());
        assertThat(sharing.files.find(ContentReference.byId(old.id()))).isEmpty();
        assertThat(sharing.heard).endsWith("-first.txt", "+first.txt");
    }

    @Test
    void aRenamedFileIsSharedAnewWithoutHashingIt() throws IOException {
        long hashed = Files.size(write("big", "x".repeat(3_000_000)));
        eventuallyShared("big", "first.txt", "sub/second.txt");
        long before = sharing.hasher.bytes.get();
        assertThat(before).isGreaterThanOrEqualTo(hashed);

        Files.move(folder.resolve("big"), folder.resolve("sub/large"));

        eventuallyShared("first.txt", "sub/large", "sub/second.txt");
        assertThat(sharing.hasher.bytes.get() - before).isLessThan(100_000);
    }

    @Test
    void aRenamedFolderIsSharedAnewWithAllBelowIt() throws IOException {
        write("sub/deeper/third.txt", "third");
        eventuallyShared("first.txt", "sub/deeper/third.txt", "sub/second.txt");

        Files.move(folder.resolve("sub"), folder.resolve("renamed"));

        eventuallyShared("first.txt", "renamed/deeper/third.txt", "renamed/second.txt");
        write("renamed/deeper/fourth.txt", "fourth");
        eventuallyShared("first.txt", "renamed/deeper/fourth.txt", "renamed/deeper/third.txt", "renamed/second.txt");
    }

    @Test
    void aFolderMovedInIsSharedAndOneMovedOutIsNot() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside/box"));
        Files.writeString(outside.resolve("in.txt"), "in");

        Files.move(outside, folder.resolve("box"));
        eventuallyShared("box/in.txt", "first.txt", "sub/second.txt");

        Files.move(folder.resolve("box"), outside);
        eventuallyShared("first.txt", "sub/second.txt");
    }

    @Test
    void aFolderWhoseNameBeginsLikeAnothersIsNotTakenForIt() throws IOException {
        write("sub-2/a.txt", "a");
        write("sub/b.txt", "b");
        eventuallyShared("first.txt", "sub-2/a.txt", "sub/b.txt", "sub/second.txt");

        removeAll(folder.resolve("sub"));

        eventuallyShared("first.txt", "sub-2/a.txt");
    }

    @Test
    void aSharedFolderMayGoAndComeBack() throws IOException {
        removeAll(folder);
        eventuallyShared();

        write("again.txt", "again");
        eventuallyShared("again.txt");
        write("watched.txt", "watched");
        eventuallyShared("again.txt", "watched.txt");
    }

    @Test
    void aSharedFolderMayBeMovedAwayAndReplaced() throws IOException {
        Files.move(folder, temp.resolve("moved"));
        eventuallyShared();

        write("other.txt", "other");
        eventuallyShared("other.txt");
        Files.writeString(temp.resolve("moved/late.txt"), "late");
        write("last.txt", "last");
        eventuallyShared("last.txt", "other.txt");
    }

    @Test
    void aFileIsNotHashedBeforeItHasBeenQuietForLong() throws IOException {
        sharing.close();
        sharing = Sharing.patient(state, folder, Duration.ofHours(1));
        sharing.files.start();
        write("fresh", "fresh");
        await().until(() -> !sharing.files.awaitIdle(Duration.ofMillis(300)));

        assertThat(sharing.names()).containsExactly("first.txt", "sub/second.txt");
        assertThat(sharing.hasher.bytes).hasValue(0);
    }

    @Test
    void aFileIsSharedAsItWasWrittenLast() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("growing"))) {
            for (int i = 0; i < 1000; i++) {
                out.write(new byte[10_000]);
            }
        }

        await().until(() -> sharing.names().contains("growing") && sharing.file("growing").size() == 10_000_000);
    }

    @Test
    void aFileOfAnotherDayIsSharedWithoutWaiting() throws IOException {
        Path old = Files.writeString(temp.resolve("old"), "old");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Files.move(old, folder.resolve("old"));

        eventuallyShared("first.txt", "old", "sub/second.txt");
    }

    @Test
    void anEmptyFileIsShared() throws IOException {
        write("empty", "");

        eventuallyShared("empty", "first.txt", "sub/second.txt");
        assertThat(sharing.file("empty").size()).isZero();
        assertThat(sharing.file("empty").pieceHashes(64 << 10).orElseThrow())
                .isEqualTo(CountingHasher.sha256().digest());
    }

    @Test
    void hiddenFilesAndDownloadsUnderWayAreNotShared() throws IOException {
        write(".hidden", "x");
        write(".git/config", "x");
        write("sub/.cache/x", "x");
        write("film.mkv.part", "x");
        write("film.mkv.part.pieces", "x");
        write("visible", "x");
        write("volume.part.01.rar", "x");
        write("counterpart", "x");

        eventuallyShared("counterpart", "first.txt", "sub/second.txt", "visible", "volume.part.01.rar");
        sharing.settle();
        assertThat(sharing.names()).hasSize(5);
        Files.move(folder.resolve("film.mkv.part"), folder.resolve("film.mkv"));
        eventuallyShared("counterpart", "film.mkv", "first.txt", "sub/second.txt", "visible", "volume.part.01.rar");
    }

    @Test
    void theStateFolderIsNotSharedEvenInsideASharedFolder() throws IOException {
        sharing.close();
        sharing = Sharing.started(temp.resolve("shared/state"), folder);
        write("state/secret", "x");
        write("third.txt", "x");

        eventuallyShared("first.txt", "sub/second.txt", "third.txt");
        sharing.settle();
        assertThat(sharing.names()).hasSize(3);
    }

    /** So many in one folder that the watch's queue of changes overflows. */
    @Test
    void manyChangesAtOnceAreAllNoticed() throws IOException {
        for (int i = 0; i < 4000; i++) {
            Files.createFile(folder.resolve("file" + i));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> sharing.names().size() == 4002);
        assertThat(sharing.heard).doesNotHaveDuplicates().hasSize(4002);

        for (int i = 0; i < 4000; i++) {
            Files.delete(folder.resolve("file" + i));
        }
        eventuallyShared("first.txt", "sub/second.txt");
        assertThat(sharing.heard).hasSize(8002);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void eventuallyShared(String... names) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(sharing.names()).containsExactly(names));
    }

    static void removeAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
