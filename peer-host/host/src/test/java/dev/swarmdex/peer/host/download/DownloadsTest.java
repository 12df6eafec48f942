package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.download.ScriptedSource.Behaviour;
import dev.swarmdex.peer.host.download.ScriptedSource.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class DownloadsTest {

    private static final int SIZE = 20 * PieceSize.SMALLEST + 12_345;

    @TempDir
    private Path folder;
    private ScriptedSwarm swarm;
    private Wanted.Identified wanted;

    @BeforeEach
    void makeContent() throws Exception {
        makeContent(SIZE);
    }

    private void makeContent(int size) throws Exception {
        swarm = new ScriptedSwarm(folder, size);
        wanted = swarm.identified();
    }

    @AfterEach
    void close() {
        swarm.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PieceSize.SMALLEST, PieceSize.SMALLEST + 1, 3 * PieceSize.SMALLEST})
    void a_content_of_any_size_arrives_whole(int size) throws Exception {
        makeContent(size);
        source("alice", Behaviour.GOOD);

        Finished finished = get();

        assertThat(finished.tree()).isEqualTo(swarm.tree());
        assertThat(wanted.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void under_a_low_limit_little_is_asked_for_at_once_so_that_no_source_waits_long_for_the_next_question()
            throws Exception {
        makeContent(PieceSize.SMALLEST + 1);
        swarm.limit("8kB/s");
        ScriptedSource alice = source("alice", Behaviour.GOOD);

        get();

        assertThat(wanted.target()).hasBinaryContent(swarm.content());
        assertThat(alice.largestRead()).isEqualTo(16_000);
    }

    @Test
    void several_sources_share_the_work() throws Exception {
        source("alice", Behaviour.GOOD);
        source("bob", Behaviour.GOOD);

        Finished finished = get();

        assertThat(wanted.target()).hasBinaryContent(swarm.content());
        assertThat(finished.bytesFrom().values().stream().mapToLong(Long::longValue).sum())
                .isGreaterThanOrEqualTo(SIZE);
        assertThat(swarm.endings().finished).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"GOOD", "SENDS_SLOWLY",
            "IGNORES_CLOSE"}, mode = EnumSource.Mode.EXCLUDE)
    void one_good_source_is_enough_whatever_the_others_do(Behaviour bad) throws Exception {
        for (int i = 0; i < 5; i++) {
            source("bad" + i, bad);
        }
        source("good", Behaviour.GOOD);

        get();

        assertThat(wanted.target()).hasBinaryContent(swarm.content());
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"GOOD", "SILENT", "DRIPS", "SENDS_SLOWLY",
            "IGNORES_CLOSE"}, mode = EnumSource.Mode.EXCLUDE)
    void without_a_good_source_the_download_fails_and_nothing_looks_whole(Behaviour bad) {
        source("bad", bad);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get).withMessageContaining("bad");

        assertThat(wanted.target()).doesNotExist();
        assertThat(swarm.endings().failed).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"WRONG_BYTES", "WRONG_PIECE_HASHES"})
    void a_source_that_lies_is_not_asked_again_and_nobody_else_is_blamed(Behaviour lie) throws Exception {
        ScriptedSource liar = source("liar", lie);
        source("good", Behaviour.GOOD).comesAfter(liar);

        get();

        assertThat(liar.connections()).isEqualTo(1);
        assertThat(swarm.endings().liars).containsExactly("liar");
    }

    @Test
    void a_download_goes_on_where_an_earlier_one_stopped() throws Exception {
        ScriptedSource dying = source("dying", Behaviour.DIES_AFTER_SOME_BYTES);
        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get);
        assertThat(dying.sent()).isPositive();
        swarm.offered().clear();
        ScriptedSource good = source("good", Behaviour.GOOD);

        get();

        assertThat(wanted.target()).hasBinaryContent(swarm.content());
        assertThat(good.sent()).isLessThan(SIZE);
    }

    @Test
    void two_who_want_the_same_share_one_download() throws Exception {
        source("slow", Behaviour.SILENT);
        List<Throwable> problems = java.util.Collections.synchronizedList(new ArrayList<>());
        Thread first = getInBackground(swarm.endings(), problems);
        Thread second = getInBackground(swarm.endings(), problems);
        await().until(() -> active(swarm.endings()) == 1);

        first.interrupt();
        first.join();
        assertThat(active(swarm.endings())).isEqualTo(1);
        second.interrupt();
        second.join();

        await().until(() -> active(swarm.endings()) == 0);
        assertThat(problems).hasOnlyElementsOfType(InterruptedException.class).hasSize(2);
    }

    @Test
    void a_download_that_several_share_is_told_once_and_to_one_who_still_waits() throws Exception {
        source("slow", Behaviour.SILENT);
        List<Throwable> problems = java.util.Collections.synchronizedList(new ArrayList<>());
        ScriptedSwarm.Endings folder = new ScriptedSwarm.Endings();
        Thread first = getInBackground(folder, problems);
        await().until(() -> active(folder) == 1);
        assertThat(active(swarm.endings())).as("downloads that nobody wants alone").isZero();
        Thread second = getInBackground(swarm.endings(), problems);
        await().until(() -> active(swarm.endings()) == 1);

        first.interrupt();
        first.join();
        assertThat(active(folder)).isZero();
        second.interrupt();
        second.join();

        await().until(() -> active(swarm.endings()) == 0);
        assertThat(folder.failed).isEmpty();
        assertThat(swarm.endings().failed).hasSize(1);
    }

    @Test
    void what_was_seen_of_a_source_is_known_when_the_next_content_is_looked_for() throws Exception {
        source("alice", Behaviour.GOOD);
        get();

        List<Candidate> candidates = swarm.downloads().rank(wanted, swarm.offered());

        assertThat(candidates.getFirst().bytesPerSecond()).isPositive();
        assertThat(candidates.getFirst().latency()).isPresent();
    }

    @Test
    void what_is_there_already_is_not_fetched_again() throws Exception {
        ScriptedSource alice = source("alice", Behaviour.GOOD);
        Files.createDirectories(wanted.target().getParent());
        Files.write(wanted.target(), swarm.content());

        Finished finished = get();

        assertThat(finished.tree()).isEqualTo(swarm.tree());
        assertThat(alice.connections()).isZero();
    }

    @Test
    void a_file_of_the_same_name_is_never_overwritten() throws Exception {
        source("alice", Behaviour.GOOD);
        Files.createDirectories(wanted.target().getParent());
        Files.writeString(wanted.target(), "mine");

        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get).withMessageContaining("-o");
        assertThat(wanted.target()).hasContent("mine");
    }

    @Test
    void nobody_offering_it_is_a_plain_error() {
        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get).withMessageContaining("nobody");
    }

    @Test
    void an_index_that_goes_away_in_the_middle_does_no_harm() throws Exception {
        source("dying", Behaviour.DIES_AFTER_SOME_BYTES);
        source("alice", Behaviour.GOOD);
        AtomicInteger asked = new AtomicInteger();
        SourceFinder once = () -> {
            if (asked.incrementAndGet() > 1) {
                throw new IOException("the index is away");
            }
            return swarm.offered();
        };

        swarm.get(wanted, once, progress -> {});

        assertThat(wanted.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void progress_ends_at_the_whole_size() throws Exception {
        source("alice", Behaviour.GOOD);
        List<DownloadProgress> seen = new ArrayList<>();

        swarm.get(wanted, swarm::offered, seen::add);

        assertThat(seen.getLast().verified()).isEqualTo(SIZE);
        assertThat(seen).extracting(DownloadProgress::size).containsOnly((long) SIZE);
    }

    private Finished get() throws IOException, InterruptedException {
        return swarm.get(wanted);
    }

    private int active(DownloadListener listener) {
        return swarm.downloads().active(listener).size();
    }

    private Thread getInBackground(DownloadListener listener, List<Throwable> problems) {
        return Thread.ofVirtual().start(() -> {
            try {
                swarm.downloads().get(wanted, swarm::offered, listener, progress -> {});
            } catch (IOException | InterruptedException problem) {
                problems.add(problem);
            }
        });
    }

    private ScriptedSource source(String peer, Behaviour behaviour) {
        return swarm.source(peer, Protocol.FULL, behaviour);
    }
}
