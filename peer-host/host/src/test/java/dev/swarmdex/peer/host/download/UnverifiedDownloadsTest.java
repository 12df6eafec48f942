package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.download.ScriptedSource.Behaviour;
import dev.swarmdex.peer.host.download.ScriptedSource.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Downloads over protocols that carry no hashes, no ids, no ranges, no sizes, or none of them. */
@Timeout(60)
class UnverifiedDownloadsTest {

    private static final int SIZE = 20 * PieceSize.SMALLEST + 12_345;
    private static final DownloadSettings IMPATIENT = new DownloadSettings(Duration.ofMillis(200),
            ScriptedSwarm.HASTY.retry(), ScriptedSwarm.HASTY.askAgain(), ScriptedSwarm.HASTY.overtake(),
            ScriptedSwarm.HASTY.checkpoint());
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @TempDir
    private Path folder;
    private ScriptedSwarm swarm;

    @BeforeEach
    void makeContent() throws Exception {
        swarm = new ScriptedSwarm(folder, SIZE);
    }

    @AfterEach
    void close() {
        swarm.close();
    }

    @ParameterizedTest
    @CsvSource({"RANGES, CONTENT", "WHOLE_WITH_SIZE, CONTENT", "WHOLE, SIZE_AND_CONTENT"})
    void a_content_without_an_id_arrives_and_it_is_said_what_was_not_verified(Protocol protocol, Unverified unverified)
            throws Exception {
        swarm.source("seed", protocol, Behaviour.GOOD);

        Finished finished = swarm.get(swarm.named(UNKNOWN));

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.tree()).isEqualTo(swarm.tree());
        assertThat(finished.unverified()).isEqualTo(unverified);
        assertThat(finished.bytesFrom()).containsOnlyKeys("seed");
        assertNothingElseIsThere();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101})
    void padding_is_kept_where_nobody_knows_the_size_and_cut_where_somebody_does(int size) throws Exception {
        swarm = new ScriptedSwarm(folder, size);
        swarm.source("seed", Protocol.WHOLE_PADDED, Behaviour.GOOD);

        Finished padded = swarm.get(swarm.named(UNKNOWN));
        assertThat(swarm.target()).hasBinaryContent(Arrays.copyOf(swarm.content(), Math.ceilDiv(size, 100) * 100));
        assertThat(padded.unverified()).isEqualTo(Unverified.SIZE_AND_CONTENT);
        Files.delete(swarm.target());

        Finished exact = swarm.get(swarm.named(OptionalLong.of(size)));
        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(exact.unverified()).isEqualTo(Unverified.CONTENT);
        Files.delete(swarm.target());

        assertThat(swarm.get(swarm.identified()).unverified()).isEqualTo(Unverified.NOTHING);
        assertThat(swarm.target()).hasBinaryContent(swarm.content());
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"REFUSES_TO_CONNECT", "DOES_NOT_OFFER", "DIES_AFTER_SOME_BYTES",
            "SENDS_TOO_LITTLE", "SENDS_TOO_MUCH", "THROWS_UNEXPECTEDLY", "WRONG_SIZE"})
    void the_next_source_takes_over_from_one_that_fails(Behaviour bad) throws Exception {
        swarm.source("bad", Protocol.WHOLE_WITH_SIZE, bad);
        swarm.source("good", Protocol.WHOLE_WITH_SIZE, Behaviour.GOOD);

        Finished finished = swarm.get(swarm.named(OptionalLong.of(SIZE)));

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.bytesFrom()).containsOnlyKeys("good");
    }

    @ParameterizedTest
    @EnumSource(value = Protocol.class, names = {"WHOLE_WITH_SIZE", "WHOLE"})
    void one_that_sends_almost_nothing_is_left_when_there_is_another(Protocol protocol) throws Exception {
        swarm = new ScriptedSwarm(folder, SIZE, IMPATIENT);
        ScriptedSource dripping = swarm.source("dripping", protocol, Behaviour.DRIPS);
        Source later = addLater(protocol);

        Finished finished = swarm.downloads().get(swarm.named(UNKNOWN),
                () -> dripping.sent() < 5 ? swarm.offered() : both(later), DownloadListener.NONE, _ -> {});

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.bytesFrom()).containsOnlyKeys("good");
    }

    @Test
    void where_all_are_slow_the_last_one_is_kept() throws Exception {
        swarm = new ScriptedSwarm(folder, 40, IMPATIENT);
        ScriptedSource slow = swarm.source("slow", Protocol.WHOLE, Behaviour.SENDS_SLOWLY);
        ScriptedSource asSlow = swarm.source("as slow", Protocol.WHOLE, Behaviour.SENDS_SLOWLY);

        swarm.get(swarm.named(UNKNOWN));

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(slow.connections() + asSlow.connections()).isEqualTo(2);
    }

    /** A source that nobody finds yet. */
    private Source addLater(Protocol protocol) {
        swarm.source("good", protocol, Behaviour.GOOD);
        return swarm.offered().removeLast();
    }

    private List<Source> both(Source later) {
        return List.of(swarm.offered().getFirst(), later);
    }

    @ParameterizedTest
    @EnumSource(value = Protocol.class, names = {"WHOLE_WITH_SIZE", "WHOLE"})
    void a_transport_that_does_not_end_a_read_holds_up_nobody_for_ever(Protocol protocol) throws Exception {
        swarm = new ScriptedSwarm(folder, SIZE, IMPATIENT);
        ScriptedSource hanging = swarm.source("hanging", protocol, Behaviour.IGNORES_CLOSE);
        swarm.source("good", protocol, Behaviour.GOOD);

        swarm.get(swarm.named(OptionalLong.of(SIZE)));

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        hanging.release();
    }

    @ParameterizedTest
    @EnumSource(value = Protocol.class, names = {"WHOLE_WITH_SIZE", "WHOLE", "WHOLE_PADDED"})
    void a_content_with_an_id_is_verified_at_its_end_and_a_liar_is_reported(Protocol protocol) throws Exception {
        ScriptedSource liar = swarm.source("liar", protocol, Behaviour.WRONG_BYTES);
        swarm.source("good", protocol, Behaviour.GOOD);

        Finished finished = swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.unverified()).isEqualTo(Unverified.NOTHING);
        assertThat(liar.sent()).isPositive();
        assertThat(swarm.endings().liars).containsExactly("liar");
        assertNothingElseIsThere();
    }

    @Test
    void a_liar_among_sources_of_pieces_without_hashes_does_no_harm() throws Exception {
        swarm.source("liar", Protocol.RANGES, Behaviour.WRONG_BYTES);
        swarm.source("good", Protocol.RANGES, Behaviour.GOOD);

        Finished finished = swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.unverified()).isEqualTo(Unverified.NOTHING);
        assertNothingElseIsThere();
    }

    @ParameterizedTest
    @EnumSource(value = Protocol.class, names = {"RANGES", "WHOLE_WITH_SIZE", "WHOLE"})
    void wrong_bytes_alone_never_become_a_file(Protocol protocol) throws Exception {
        swarm.source("liar", protocol, Behaviour.WRONG_BYTES);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.identified()));

        assertThat(swarm.target()).doesNotExist();
        assertThat(swarm.endings().liars).containsExactly("liar");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_many_hosts_one_survivor_is_enough(boolean idIsKnown) throws Exception {
        for (int i = 0; i < 7; i++) {
            swarm.source("dying" + i, Protocol.RANGES, Behaviour.DIES_AFTER_SOME_BYTES);
        }
        swarm.source("survivor", Protocol.RANGES, Behaviour.GOOD);

        swarm.get(idIsKnown ? swarm.identified() : swarm.named(OptionalLong.of(SIZE)));

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void once_one_source_has_told_the_hashes_the_others_pieces_are_verified_too() throws Exception {
        ScriptedSource dying = swarm.source("native", Protocol.FULL, Behaviour.DIES_AFTER_SOME_BYTES);
        ScriptedSource liar = swarm.source("liar", Protocol.RANGES, Behaviour.WRONG_BYTES).comesAfter(dying);
        ScriptedSource host = swarm.source("host", Protocol.RANGES, Behaviour.GOOD).comesAfter(liar);

        Finished finished = swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(swarm.endings().liars).containsExactly("liar");
        assertThat(finished.bytesFrom()).containsOnlyKeys("native", "host");
        assertThat(host.sent()).isLessThan(SIZE);
    }

    @Test
    void a_source_that_sends_only_wholes_is_left_alone_while_there_are_better_ones() throws Exception {
        ScriptedSource whole = swarm.source("whole", Protocol.WHOLE, Behaviour.GOOD);
        swarm.source("native", Protocol.FULL, Behaviour.GOOD);

        swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(whole.sent()).isZero();
    }

    @Test
    void a_source_that_sends_only_wholes_is_the_last_resort() throws Exception {
        swarm.source("native", Protocol.FULL, Behaviour.DIES_AFTER_SOME_BYTES);
        swarm.source("whole", Protocol.WHOLE, Behaviour.GOOD);

        Finished finished = swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.bytesFrom()).containsExactlyEntriesOf(java.util.Map.of("whole", (long) SIZE));
        assertNothingElseIsThere();
    }

    @Test
    void what_was_verified_is_kept_when_the_last_resort_fails() throws Exception {
        swarm.source("native", Protocol.FULL, Behaviour.DIES_AFTER_SOME_BYTES);
        swarm.source("whole", Protocol.WHOLE, Behaviour.DIES_AFTER_SOME_BYTES);
        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.identified()));
        swarm.offered().clear();
        ScriptedSource good = swarm.source("good", Protocol.FULL, Behaviour.GOOD);

        swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(good.sent()).isLessThan(SIZE);
    }

    @Test
    void a_file_of_the_same_name_is_never_overwritten() throws Exception {
        swarm.source("seed", Protocol.WHOLE, Behaviour.GOOD);
        Files.createDirectories(swarm.target().getParent());
        Files.writeString(swarm.target(), "mine");

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.named(UNKNOWN)))
                .withMessageContaining("-o");
        assertThat(swarm.target()).hasContent("mine");
    }

    @Test
    void progress_counts_what_has_come() throws Exception {
        swarm.source("seed", Protocol.WHOLE, Behaviour.GOOD);
        List<DownloadProgress> seen = new java.util.ArrayList<>();

        swarm.get(swarm.named(UNKNOWN), swarm::offered, seen::add);

        assertThat(seen.getLast().received()).isEqualTo(SIZE);
        assertThat(seen).allSatisfy(progress -> {
            assertThat(progress.verified()).isZero();
            assertThat(progress.size()).isEqualTo(-1);
            assertThat(progress.id()).isEmpty();
        });
    }

    private void assertNothingElseIsThere() {
        assertThat(swarm.target().getParent()).isDirectoryNotContaining(path -> !path.equals(swarm.target()));
    }
}
