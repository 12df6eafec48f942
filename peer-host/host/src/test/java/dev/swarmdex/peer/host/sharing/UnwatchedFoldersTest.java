package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Files come and go in a folder that the system refuses to watch. */
@Timeout(60)
class UnwatchedFoldersTest {

    @TempDir
    Path temp;

    @Test
    void rescansFindWhatIsNewChangedRenamedOrGone() throws IOException {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("shared"));
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("a"), "a");
        Files.writeString(folder.resolve("sub/b"), "b");
        try (Sharing sharing = Sharing.unwatched(temp.resolve("state"), folder)) {
            await().untilAsserted(() -> assertThat(sharing.names()).containsExactly("a", "sub/b"));

            Files.writeString(folder.resolve("c"), "c");
            await().untilAsserted(() -> assertThat(sharing.names()).containsExactly("a", "c", "sub/b"));

            Files.writeString(folder.resolve("c"), "changed");
            await().until(() -> sharing.names().contains("c") && sharing.file("c").size() == 7);

            Files.move(folder.resolve("sub"), folder.resolve("renamed"));
            await().untilAsserted(() -> assertThat(sharing.names()).containsExactly("a", "c", "renamed/b"));

            Files.delete(folder.resolve("a"));
            await().untilAsserted(() -> assertThat(sharing.names()).containsExactly("c", "renamed/b"));
        }
    }
}
