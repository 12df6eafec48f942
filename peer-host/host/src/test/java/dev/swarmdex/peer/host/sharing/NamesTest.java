package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Under which names files are offered, and which of them get none. */
@Timeout(60)
class NamesTest {

    private static final String COMPOSED = "caf\u00e9";
    private static final String DECOMPOSED = "cafe\u0301";

    @TempDir
    Path temp;

    private Path one;
    private Path two;
    private final List<Sharing> running = new ArrayList<>();

    @BeforeEach
    void folders() throws IOException {
        temp = temp.toRealPath();
        one = Files.createDirectory(temp.resolve("one"));
        two = Files.createDirectory(temp.resolve("two"));
    }

    @AfterEach
    void close() throws IOException {
        for (Sharing sharing : running) {
            sharing.close();
        }
    }

    private Sharing start(Path... folders) throws IOException {
        Sharing sharing = Sharing.started(temp.resolve("state"), folders);
        running.add(sharing);
        return sharing;
    }

    @Test
    void namesAreComposedAndFoundInEitherForm() throws IOException {
        Files.writeString(one.resolve(DECOMPOSED), "x");
        Sharing sharing = start(one, two);

        assertThat(sharing.names()).containsExactly(COMPOSED);
        assertThat(sharing.files.find(ContentReference.byName(DECOMPOSED))).isPresent();
        assertThat(sharing.files.find(ContentReference.byName(COMPOSED))).isPresent();
    }

    @Test
    void namesThatCannotBeOfferedAreSkipped() throws IOException {
        Path deep = one.resolve("d".repeat(250)).resolve("e".repeat(250));
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("12345678"), "510 bytes");
        Files.writeString(deep.resolve("12345678901"), "513 bytes");
        Files.writeString(deep.resolve("\u00e9\u00e9\u00e9\u00e9\u00e9"), "512 bytes");
        Files.writeString(deep.resolve("\u00e9\u00e9\u00e9\u00e9\u00e9x"), "513 bytes");
        Files.writeString(one.resolve("line\nbreak"), "x");
        Files.writeString(one.resolve("delete\u007f"), "x");
        Files.writeString(one.resolve("with space"), "x");
        Sharing sharing = start(one, two);

        String folder = "d".repeat(250) + "/" + "e".repeat(250) + "/";
        assertThat(sharing.names()).containsExactly(folder + "12345678", folder + "\u00e9\u00e9\u00e9\u00e9\u00e9",
                "with space");
    }

    @Test
    void ofTwoFilesWithOneNameTheFirstKeepsItUntilItGoes() throws IOException {
        Files.writeString(one.resolve("same"), "the first one");
        Files.writeString(two.resolve("same"), "second");
        Sharing sharing = start(one, two);
        assertThat(sharing.file("same").path()).isEqualTo(one.resolve("same"));

        Files.writeString(one.resolve("same"), "changed, but still the first");
        await().until(() -> sharing.names().contains("same") && sharing.file("same").size() == 28);

        Files.delete(one.resolve("same"));
        await().until(() -> sharing.names().contains("same"));
        assertThat(sharing.file("same").path()).isEqualTo(two.resolve("same"));

        Files.writeString(one.resolve("same"), "back, and now the second");
        Files.writeString(one.resolve("later"), "x");
        await().until(() -> sharing.names().contains("later"));
        assertThat(sharing.file("same").path()).isEqualTo(two.resolve("same"));
    }

    @Test
    void theOneWithoutTheNameIsOfferedByItsContentIdAndByTheNameOnceThatIsFree() throws IOException {
        Files.writeString(one.resolve("same"), "first");
        Files.writeString(two.resolve("same"), "second");
        ContentId second = sharing(two).file("same").id();
        Sharing sharing = start(one, two);
        SharedFile nameless = sharing.files.file(ContentReference.byId(second)).orElseThrow();
        assertThat(nameless.path()).isEqualTo(two.resolve("same"));
        assertThat(sharing.heard).containsExactly("+same");

        Files.delete(one.resolve("same"));

        await().until(() -> sharing.heard.equals(List.of("+same", "-same", "+same")));
        assertThat(sharing.file("same")).isSameAs(nameless);
        Files.delete(two.resolve("same"));
        await().until(() -> sharing.files.file(ContentReference.byId(second)).isEmpty());
        assertThat(sharing.heard).containsExactly("+same", "-same", "+same", "-same");
    }

    /** Started with a state of its own. */
    private Sharing sharing(Path folder) throws IOException {
        Sharing sharing = Sharing.started(temp.resolve("another state"), folder);
        running.add(sharing);
        return sharing;
    }

    @Test
    void theFirstKeepsItsNameEvenWhenTheSecondIsHashedSooner() throws IOException {
        Files.write(one.resolve("same"), new byte[30_000_000]);
        Files.writeString(two.resolve("same"), "short");
        Sharing sharing = start(one, two);

        assertThat(sharing.file("same").size()).isEqualTo(30_000_000);
        assertThat(sharing.heard).containsExactly("+same");
    }

    @Test
    void aFileThatWaitedForANameAndIsGoneDoesNotGetIt() throws IOException {
        Files.writeString(one.resolve("same"), "first");
        Files.writeString(two.resolve("same"), "second");
        Sharing sharing = start(one, two);
        Files.delete(two.resolve("same"));
        Files.writeString(two.resolve("mark"), "x");
        await().until(() -> sharing.names().contains("mark"));

        Files.delete(one.resolve("same"));

        await().until(() -> !sharing.names().contains("same"));
        sharing.settle();
        assertThat(sharing.names()).containsExactly("mark");
    }

    @Test
    void aFileOfTwoRootsHasTheNameTheFirstOneGivesIt() throws IOException {
        Path inner = Files.createDirectory(one.resolve("inner"));
        Files.writeString(inner.resolve("file"), "x");
        Sharing outerFirst = start(one, inner);
        assertThat(outerFirst.names()).containsExactly("inner/file");
        outerFirst.close();

        assertThat(start(inner, one).names()).containsExactly("file");
    }

    @Test
    void aSharedFolderMayBeGivenByALink() throws IOException {
        Files.writeString(one.resolve("file"), "x");
        Path link = Files.createSymbolicLink(temp.resolve("link"), one);
        Sharing sharing = start(link);

        assertThat(sharing.names()).containsExactly("file");
        assertThat(sharing.file("file").path()).isEqualTo(one.resolve("file"));
    }

    @Test
    void aFolderThatDoesNotExistYetIsSharedOnceItDoes() throws IOException {
        Path later = temp.resolve("later");
        Sharing sharing = start(one, later);
        assertThat(sharing.names()).isEmpty();

        Files.createDirectory(later);
        Files.writeString(later.resolve("file"), "x");

        await().until(() -> sharing.names().contains("file"));
    }
}
