package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PartialContent;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.download.ScriptedSource.Behaviour;
import dev.swarmdex.peer.host.download.ScriptedSource.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** Downloads among peers that are downloading the same content. */
@Timeout(60)
class PartialDownloadsTest {

    private static final int PIECE = PieceSize.SMALLEST;
    private static final int PIECES = 8;
    private static final int SIZE = PIECES * PIECE - 100;

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

    @Test
    void those_who_have_only_parts_of_it_are_enough_together() throws Exception {
        source("alice").has(bits(0, 1, 2, 3));
        source("bob").has(bits(3, 4, 5, 6, 7));

        Finished finished = swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(finished.bytesFrom()).containsOnlyKeys("alice", "bob");
    }

    @Test
    void a_peer_is_asked_for_what_it_has_got_meanwhile() throws Exception {
        ScriptedSource alice = source("alice").has(bits(2));
        CompletableFuture<Finished> download = getInBackground();
        await().until(() -> verifiedPieces().equals(bits(2)));

        alice.has(bits(2, 3, 5));
        await().until(() -> verifiedPieces().equals(bits(2, 3, 5)));
        alice.hasAll();

        download.join();
        assertThat(swarm.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void what_is_verified_is_served_while_the_download_goes_on() throws Exception {
        ScriptedSource alice = source("alice").has(bits(1, 7));
        CompletableFuture<Finished> download = getInBackground();
        await().until(() -> verifiedPieces().equals(bits(1, 7)));

        PartialContent part = offered();
        assertThat(part.size()).isEqualTo(SIZE);
        assertThat(part.name()).isEqualTo(ScriptedSource.NAME);
        assertThat(part.pieceHashes(PIECE)).contains(swarm.tree().pieceHashes());
        assertThat(part.pieceHashes(2 * PIECE)).isEmpty();
        assertThat(bytes(part, PIECE, PIECE)).isEqualTo(Arrays.copyOfRange(swarm.content(), PIECE, 2 * PIECE));
        assertThat(bytes(part, SIZE - 1, 1)).containsExactly(swarm.content()[SIZE - 1]);
        assertThatIOException().isThrownBy(() -> bytes(part, 0, 1));
        assertThatIOException().isThrownBy(() -> bytes(part, 2 * PIECE - 1, 2));
        assertThatIOException().isThrownBy(() -> bytes(part, SIZE - 1, 2));
        assertThatIOException().isThrownBy(() -> bytes(part, -1, 1));

        alice.hasAll();
        download.join();
        assertThat(bytes(part, 0, SIZE)).isEqualTo(swarm.content());
        assertThat(swarm.partial().list()).isEmpty();
    }

    @Test
    void it_is_offered_until_the_listener_has_the_finished_file() throws Exception {
        source("alice");
        CompletableFuture<Boolean> wasOffered = new CompletableFuture<>();
        swarm.endings().onFinished(() -> wasOffered.complete(!swarm.partial().list().isEmpty()));

        swarm.get(swarm.identified());

        assertThat(wasOffered.join()).isTrue();
    }

    @Test
    void a_download_that_fails_is_offered_no_longer() {
        source("dying", Behaviour.DIES_AFTER_SOME_BYTES);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.identified()));

        assertThat(swarm.partial().list()).isEmpty();
    }

    @Test
    void a_content_of_one_piece_is_never_offered_in_part() throws Exception {
        swarm.close();
        swarm = new ScriptedSwarm(folder, PIECE);
        source("alice");
        swarm.partial().onChange(() -> {
            throw new AssertionError("it was offered");
        });

        swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void a_peer_that_lies_about_its_pieces_costs_nothing_but_its_own_attempts() throws Exception {
        BitSet everything = new BitSet();
        everything.set(0, 100_000);
        source("liar", Behaviour.WRONG_BYTES).has(everything);
        source("boaster", Behaviour.SILENT).has(everything);
        source("good");

        swarm.get(swarm.identified());

        assertThat(swarm.target()).hasBinaryContent(swarm.content());
    }

    @Test
    void when_nobody_has_the_rest_for_long_the_download_says_so_and_keeps_what_it_has() throws Exception {
        swarm.close();
        swarm = new ScriptedSwarm(folder, SIZE, new DownloadSettings(Duration.ofMillis(200), Duration.ofMillis(10),
                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(100)));
        source("alice").has(bits(0, 1));
        source("bob").has(bits(1, 2));

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.identified()))
                .withMessageContaining("nobody has the rest of " + ScriptedSource.NAME);

        swarm.offered().clear();
        ScriptedSource carol = source("carol");
        swarm.get(swarm.identified());
        assertThat(swarm.target()).hasBinaryContent(swarm.content());
        assertThat(carol.sent()).isLessThanOrEqualTo(SIZE - 3L * PIECE);
    }

    @Test
    void a_route_that_can_not_verify_pieces_leaves_those_alone_who_are_downloading() {
        swarm.source("alice", Protocol.RANGES, Behaviour.GOOD).has(bits(0));

        assertThatExceptionOfType(DownloadException.class).isThrownBy(() -> swarm.get(swarm.identified()))
                .withMessageContaining("it has only part of it yet");
    }

    private ScriptedSource source(String peer) {
        return source(peer, Behaviour.GOOD);
    }

    private ScriptedSource source(String peer, Behaviour behaviour) {
        return swarm.source(peer, Protocol.FULL, behaviour);
    }

    private PartialContent offered() {
        return swarm.partial().find(ContentReference.byId(swarm.tree().root())).orElseThrow();
    }

    private BitSet verifiedPieces() {
        return swarm.partial().list().stream().findFirst().map(PartialContent::pieces).orElseGet(BitSet::new);
    }

    private CompletableFuture<Finished> getInBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return swarm.get(swarm.identified());
            } catch (IOException | InterruptedException failure) {
                throw new CompletionException(failure);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    private static byte[] bytes(PartialContent part, long offset, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part.transferTo(offset, length, Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }
}
