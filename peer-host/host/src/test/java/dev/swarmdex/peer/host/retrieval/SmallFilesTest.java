package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Many small files over a few connections, from peers of all kinds. */
@Timeout(60)
class SmallFilesTest {

    private static final int COUNT = 200;

    @TempDir
    Path temp;

    private final ScriptedHolders holders = new ScriptedHolders();
    private final Tally tally = new Tally();
    private TargetFolder target;
    private List<FolderFile> files;

    @BeforeEach
    void open() throws IOException {
        target = TargetFolder.open(temp.resolve("set"));
        target.makeParts();
        files = holders.files(COUNT);
    }

    @Test
    void all_files_come_over_a_few_connections() throws Exception {
        assertThat(fetch(holders.add("good", ScriptedHolders.Conduct.GOOD))).isEmpty();

        assertComplete();
        assertThat(holders.connections()).isLessThanOrEqualTo(2);
        assertThat(tally.count(Outcome.FETCHED)).isEqualTo(COUNT);
        assertThat(tally.bytesTogetherFrom()).containsOnlyKeys("good").isEqualTo(tally.bytesFrom());
        assertThat(tally.takeOffers()).hasSize(COUNT);
        assertThat(tally.progress("set", "id", 1, COUNT).filesDone()).isEqualTo(COUNT);
    }

    @Test
    void under_a_low_limit_a_few_files_are_asked_for_at_once_so_that_no_source_waits_long_for_the_next_question()
            throws Exception {
        files = files.subList(0, 30);
        assertThat(files.stream().mapToLong(FolderFile::size).sum()).isGreaterThan(80_000);

        assertThat(fetch(DataRate.parse("40kB/s"), holders.add("good", ScriptedHolders.Conduct.GOOD))).isEmpty();

        assertComplete();
        assertThat(holders.largestOrder()).isBetween(9_000L, 80_000L);
    }

    @Test
    void wrong_bytes_are_never_written_and_their_sender_is_named_while_another_one_helps() throws Exception {
        Candidate liar = holders.add("liar", ScriptedHolders.Conduct.WRONG_BYTES);
        // beside a good source it may be asked for nothing at all
        assertThat(fetch(liar)).hasSize(COUNT);
        assertThat(tally.liars()).containsExactly("liar");

        assertThat(fetch(liar, holders.add("good", ScriptedHolders.Conduct.GOOD))).isEmpty();

        assertComplete();
        assertThat(tally.bytesFrom()).containsOnlyKeys("good");
    }

    @Test
    void what_no_source_can_send_is_left_for_another_way() throws Exception {
        for (ScriptedHolders.Conduct conduct : List.of(ScriptedHolders.Conduct.WRONG_BYTES,
                ScriptedHolders.Conduct.SENDS_TOO_MUCH, ScriptedHolders.Conduct.SENDS_TOO_LITTLE,
                ScriptedHolders.Conduct.WRONG_SIZE, ScriptedHolders.Conduct.HAS_NOTHING,
                ScriptedHolders.Conduct.REFUSES)) {
            assertThat(fetch(holders.add(conduct.name(), conduct))).as(conduct.name())
                    .containsExactlyInAnyOrderElementsOf(files);
            assertThat(target.isEmpty()).as(conduct.name()).isTrue();
        }
        assertThat(fetch()).hasSize(COUNT);
    }

    @Test
    void a_source_that_dies_in_the_middle_leaves_the_rest_to_the_others() throws Exception {
        List<FolderFile> left = fetch(holders.add("mortal", ScriptedHolders.Conduct.DIES_AFTER_SOME),
                holders.add("good", ScriptedHolders.Conduct.GOOD));

        assertThat(left).isEmpty();
        assertComplete();
    }

    @Test
    void what_can_not_be_written_ends_it_with_a_line_for_the_user() throws Exception {
        Files.writeString(target.root().resolve(files.getFirst().path()), "in the way");

        Candidate good = holders.add("good", ScriptedHolders.Conduct.GOOD);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> fetch(good))
                .withMessageContaining("can't write " + target.root());
    }

    private List<FolderFile> fetch(Candidate... sources) throws IOException, InterruptedException {
        return fetch(DataRate.UNLIMITED, sources);
    }

    private List<FolderFile> fetch(DataRate rate, Candidate... sources) throws IOException, InterruptedException {
        return new SmallFiles(holders, new RateLimit(rate), holders.hasher(), target, tally, files)
                .fetch(List.of(sources));
    }

    private void assertComplete() throws IOException {
        for (FolderFile file : files) {
            assertThat(target.pathOf(file)).hasBinaryContent(holders.bytes(file));
        }
    }

    static Endpoint endpoint(int port) {
        return new Endpoint("tcp", "127.0.0.1", port);
    }
}
