package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** A host stops, and starts again over the same state folder. */
@Timeout(60)
class RestartTest {

    private static final int SIZE = 300_000;

    @TempDir
    Path temp;

    private Path folder;
    private Path state;

    @BeforeEach
    void runOnce() throws IOException {
        temp = temp.toRealPath();
        folder = Files.createDirectory(temp.resolve("shared"));
        state = temp.resolve("state");
        for (String name : List.of("a", "b", "c", "d")) {
            Path file = Files.writeString(folder.resolve(name), name.repeat(SIZE));
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-03T04:05:06Z")));
        }
        try (Sharing first = Sharing.started(state, folder)) {
            assertThat(first.hasher.bytes.get()).isGreaterThan(4 * SIZE);
        }
    }

    @Test
    void nothingIsHashedAgain() throws IOException {
        try (Sharing second = Sharing.started(state, folder)) {
            assertThat(second.names()).containsExactly("a", "b", "c", "d");
            assertThat(second.hasher.bytes).hasValue(0);

            SharedFile file = second.file("c");
            byte[] hashes = file.pieceHashes(64 << 10).orElseThrow();
            assertThat(HashTree.verified(second.hasher, file.id(), SIZE, hashes)).isPresent();
        }
    }

    @Test
    void whatIsSharedForNowIsNotRememberedAndWhatWasRememberedStays() throws IOException {
        Path single = Files.writeString(temp.resolve("single"), "single");
        Path other = Files.writeString(temp.resolve("other"), "other");
        try (Sharing second = Sharing.started(state, folder)) {
            second.files.share(List.of(single));
            second.unshare("b");
        }
        try (Sharing third = Sharing.forNow(state, folder)) {
            third.files.share(List.of(single, other, folder));
            third.settle();
            assertThat(third.names()).contains("a", "b", "c", "d", "other", "single");
        }
        try (Sharing fourth = Sharing.started(state, folder)) {
            assertThat(fourth.names()).containsExactly("a", "c", "d", "single");
        }
    }

    @Test
    void onlyWhatChangedMeanwhileIsHashed() throws IOException {
        Files.write(folder.resolve("b"), new byte[SIZE + 1]);
        Files.delete(folder.resolve("c"));

        try (Sharing second = Sharing.started(state, folder)) {
            assertThat(second.names()).containsExactly("a", "b", "d");
            assertThat(second.file("b").size()).isEqualTo(SIZE + 1);
            assertThat(second.hasher.bytes.get()).isBetween((long) SIZE, SIZE + 10_000L);
        }
    }

    @Test
    void aFileRenamedMeanwhileIsNotHashed() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.move(folder.resolve("a"), folder.resolve("sub/moved"));

        try (Sharing second = Sharing.started(state, folder)) {
            assertThat(second.names()).containsExactly("b", "c", "d", "sub/moved");
            assertThat(second.hasher.bytes.get()).isLessThan(10_000);
            assertThat(second.file("sub/moved").pieceHashes(64 << 10)).isPresent();
        }
        try (Sharing third = Sharing.started(state, folder)) {
            assertThat(third.hasher.bytes).hasValue(0);
        }
    }

    @Test
    void aTornEndOfTheCacheCostsOnlyTheFilesItWasAbout() throws IOException {
        Path cache = state.resolve("hashes-sha256-tree");
        try (FileChannel channel = FileChannel.open(cache, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }

        try (Sharing second = Sharing.started(state, folder)) {
            assertThat(second.names()).containsExactly("a", "b", "c", "d");
            assertThat(second.hasher.bytes.get()).isBetween((long) SIZE, SIZE + 10_000L);
        }
        try (Sharing third = Sharing.started(state, folder)) {
            assertThat(third.hasher.bytes).hasValue(0);
        }
    }

    @Test
    void aCacheThatIsNoneIsStartedAnew() throws IOException {
        Files.writeString(state.resolve("hashes-sha256-tree"), "this is not a cache of hashes");

        try (Sharing second = Sharing.started(state, folder)) {
            assertThat(second.names()).containsExactly("a", "b", "c", "d");
            assertThat(second.hasher.bytes.get()).isGreaterThan(4 * SIZE);
        }
    }

    @Test
    void damagedSharesAreAnErrorThatNamesTheFile() throws IOException {
        Files.writeString(state.resolve("shares.json"), "{\"shared\": [");

        assertThatIOException().isThrownBy(() -> Sharing.of(state, folder)).withMessageContaining("shares.json")
                .withMessageContaining("remove it");
        Files.writeString(state.resolve("shares.json"), "{\"shared\": []}");
        assertThatIOException().isThrownBy(() -> Sharing.of(state, folder)).withMessageContaining("shares.json");
        Files.writeString(state.resolve("shares.json"), "[]");
        assertThatIOException().isThrownBy(() -> Sharing.of(state, folder)).withMessageContaining("shares.json");
    }
}
