package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.download.ScriptedSource.Behaviour;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private byte[] content;
    private HashTree tree;
    private Wanted wanted;
    private final List<Source> offered = new ArrayList<>();
    private final Map<Endpoint, ScriptedSource> sources = new ConcurrentHashMap<>();
    private final Endings endings = new Endings();
    private final Downloads downloads = new Downloads(new Plugins(), endings);

    @BeforeEach
    void makeContent() throws Exception {
        makeContent(SIZE);
    }

    private void makeContent(int size) throws Exception {
        content = new byte[size];
        new Random(7).nextBytes(content);
        Path original = folder.resolve("original");
        Files.write(original, content);
        try (TreeHasher hasher = new TreeHasher(new Sha256(), 2)) {
            tree = hasher.hash(original, bytes -> {});
        }
        wanted = new Wanted("a.bin", tree.root(), size, folder.resolve("downloads").resolve("a.bin"));
    }

    @AfterEach
    void close() {
        downloads.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PieceSize.SMALLEST, PieceSize.SMALLEST + 1, 3 * PieceSize.SMALLEST})
    void a_content_of_any_size_arrives_whole(int size) throws Exception {
        makeContent(size);
        source("alice", Behaviour.GOOD);

        Finished finished = get();

        assertThat(finished.tree()).isEqualTo(tree);
        assertThat(wanted.target()).hasBinaryContent(content);
    }

    @Test
    void several_sources_share_the_work() throws Exception {
        source("alice", Behaviour.GOOD);
        source("bob", Behaviour.GOOD);

        Finished finished = get();

        assertThat(wanted.target()).hasBinaryContent(content);
        assertThat(finished.bytesFrom().values().stream().mapToLong(Long::longValue).sum())
                .isGreaterThanOrEqualTo(SIZE);
        assertThat(endings.finished).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = "GOOD", mode = EnumSource.Mode.EXCLUDE)
    void one_good_source_is_enough_whatever_the_others_do(Behaviour bad) throws Exception {
        for (int i = 0; i < 5; i++) {
            source("bad" + i, bad);
        }
        source("good", Behaviour.GOOD);

        get();

        assertThat(wanted.target()).hasBinaryContent(content);
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"GOOD", "SILENT"}, mode = EnumSource.Mode.EXCLUDE)
    void without_a_good_source_the_download_fails_and_nothing_looks_whole(Behaviour bad) {
        source("bad", bad);

        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get).withMessageContaining("bad");

        assertThat(wanted.target()).doesNotExist();
        assertThat(endings.failed).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Behaviour.class, names = {"WRONG_BYTES", "WRONG_PIECE_HASHES"})
    void a_source_that_lies_is_not_asked_again_and_is_reported(Behaviour lie) throws Exception {
        ScriptedSource liar = source("liar", lie);
        source("good", Behaviour.GOOD);

        get();

        assertThat(liar.connections()).isLessThanOrEqualTo(1);
        assertThat(endings.liars).containsExactlyElementsOf(liar.connections() == 1 ? Set.of("liar") : Set.of());
    }

    @Test
    void a_download_goes_on_where_an_earlier_one_stopped() throws Exception {
        ScriptedSource dying = source("dying", Behaviour.DIES_AFTER_SOME_BYTES);
        assertThatExceptionOfType(DownloadException.class).isThrownBy(this::get);
        assertThat(dying.sent()).isPositive();
        offered.clear();
        ScriptedSource good = source("good", Behaviour.GOOD);

        get();

        assertThat(wanted.target()).hasBinaryContent(content);
        assertThat(good.sent()).isLessThan(SIZE);
    }

    @Test
    void two_who_want_the_same_share_one_download() throws Exception {
        source("slow", Behaviour.SILENT);
        List<Throwable> problems = java.util.Collections.synchronizedList(new ArrayList<>());
        Thread first = getInBackground(problems);
        Thread second = getInBackground(problems);
        await().until(() -> downloads.active().size() == 1);

        first.interrupt();
        first.join();
        assertThat(downloads.active()).hasSize(1);
        second.interrupt();
        second.join();

        await().until(() -> downloads.active().isEmpty());
        assertThat(problems).hasOnlyElementsOfType(InterruptedException.class).hasSize(2);
    }

    @Test
    void what_is_there_already_is_not_fetched_again() throws Exception {
        ScriptedSource alice = source("alice", Behaviour.GOOD);
        Files.createDirectories(wanted.target().getParent());
        Files.write(wanted.target(), content);

        Finished finished = get();

        assertThat(finished.tree()).isEqualTo(tree);
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
            return offered;
        };

        downloads.get(wanted, once, progress -> {});

        assertThat(wanted.target()).hasBinaryContent(content);
    }

    @Test
    void progress_ends_at_the_whole_size() throws Exception {
        source("alice", Behaviour.GOOD);
        List<DownloadProgress> seen = new ArrayList<>();

        downloads.get(wanted, () -> offered, seen::add);

        assertThat(seen.getLast().verified()).isEqualTo(SIZE);
        assertThat(seen).extracting(DownloadProgress::size).containsOnly((long) SIZE);
    }

    private Finished get() throws IOException, InterruptedException {
        return downloads.get(wanted, () -> offered, progress -> {});
    }

    private Thread getInBackground(List<Throwable> problems) {
        return Thread.ofVirtual().start(() -> {
            try {
                get();
            } catch (IOException | InterruptedException problem) {
                problems.add(problem);
            }
        });
    }

    private ScriptedSource source(String peer, Behaviour behaviour) {
        ScriptedSource source = new ScriptedSource(content, tree, behaviour);
        Endpoint endpoint = new Endpoint("scripted", "127.0.0.1", 1000 + sources.size());
        sources.put(endpoint, source);
        offered.add(new Source(peer, endpoint, Optional.empty()));
        return source;
    }

    private final class Plugins implements PluginSet {

        @Override
        public Transport transport(String scheme) {
            return new ScriptedTransport();
        }

        @Override
        public Map<String, String> transportOptions(String scheme) {
            return Map.of();
        }

        @Override
        public FileHasher hasher(String algorithm) {
            return new Sha256();
        }

        @Override
        public PeerSelector selector() {
            return new InOrder();
        }
    }

    private final class ScriptedTransport implements Transport {

        @Override
        public String scheme() {
            return "scripted";
        }

        @Override
        public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) {
            throw new AssertionError("nobody serves here");
        }

        @Override
        public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
            return Objects.requireNonNull(sources.get(endpoint)).connect();
        }
    }

    private static final class InOrder implements PeerSelector {

        @Override
        public String strategy() {
            return "in-order";
        }

        @Override
        public List<Candidate> rank(SelectionRequest request) {
            return request.candidates();
        }
    }

    private static final class Sha256 implements FileHasher {

        @Override
        public String algorithm() {
            return "sha256-tree";
        }

        @Override
        public MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** What the listener was told. */
    private static final class Endings implements DownloadListener {

        private final List<Finished> finished = new ArrayList<>();
        private final List<Exception> failed = new ArrayList<>();
        private final List<String> liars = new ArrayList<>();

        @Override
        public synchronized void finished(Finished download, Set<String> lying) {
            finished.add(download);
            liars.addAll(lying);
        }

        @Override
        public synchronized void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> lying,
                Exception problem) {
            failed.add(problem);
            liars.addAll(lying);
        }
    }
}
