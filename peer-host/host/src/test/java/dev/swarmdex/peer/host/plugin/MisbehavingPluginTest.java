package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/** Plugins that throw or hang: the host goes on, says so, and in the end switches them off. */
@Timeout(60)
class MisbehavingPluginTest {

    private static final Endpoint SOMEWHERE = new Endpoint("odd", "localhost", 7000);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String FOREVER = """
            boolean always = true;
            while (always) {
                try { Thread.sleep(1000000); } catch (InterruptedException ignored) { }
            }
            """;

    private static final String AS_THEY_COME = "return request.candidates();";
    private static final String THROW = "if (true) throw new NoSuchMethodError(\"gone\");";

    @TempDir
    private Path folder;
    private @Nullable PluginHost plugins;

    @AfterEach
    void close() {
        if (plugins != null) {
            plugins.close();
        }
    }

    private PluginHost host(StrangersJar jar) throws IOException {
        jar.build(folder.resolve("odd.jar"));
        PluginHost opened = PluginHost.open(folder, PluginCopies.temporary(), PluginSettings.PERMISSIVE);
        plugins = opened;
        return opened;
    }

    private PluginStatus status(PluginHost host) {
        assertThat(host.list()).hasSize(1);
        return host.list().getFirst();
    }

    /** A transport of which each method does what is given for it. */
    private static StrangersJar transport(String serve, String connect, String ask, String close) {
        return new StrangersJar("odd", "1.0.0")
                .source("""
                        package stranger;
                        import dev.swarmdex.peer.api.*;
                        import java.util.*;
                        @org.pf4j.Extension
                        public class Odd implements Transport {
                            public String scheme() { return "odd"; }
                            public Server serve(java.net.InetSocketAddress bind, Map<String, String> options, Shelf shelf) {
                                %1$s
                                return new Server() {
                                    public java.net.InetSocketAddress address() { return bind; }
                                    public void close() { %4$s }
                                };
                            }
                            public Connection connect(Endpoint endpoint, Map<String, String> options, java.time.Duration timeout) {
                                %2$s
                                return new Connection() {
                                    public Optional<Offer> ask(ContentReference content) { %3$s return Optional.of(new Empty()); }
                                    public void close() { %4$s }
                                };
                            }
                        }
                        """
                        .formatted(serve, connect, ask, close))
                .source("""
                        package stranger;
                        import dev.swarmdex.peer.api.*;
                        import java.util.*;
                        class Empty implements Offer {
                            public OptionalLong size() { return OptionalLong.of(0); }
                            public Optional<ContentId> id() { return Optional.empty(); }
                            public boolean ranged() { return true; }
                            public Optional<byte[]> pieceHashes(int pieceSize) { return Optional.empty(); }
                            public void read(long offset, long length, Sink sink) throws java.io.IOException {
                                sink.accept(java.nio.ByteBuffer.allocate(1));
                            }
                        }
                        """);
    }

    @Test
    void an_error_becomes_an_io_exception_and_after_several_in_a_row_the_plugin_is_switched_off() throws IOException {
        PluginHost host = host(transport("", THROW, "", ""));
        Transport transport = host.transport("odd");
        for (int i = 0; i < Conduct.MOST_FAILURES; i++) {
            assertThatExceptionOfType(PluginFailedException.class)
                    .isThrownBy(() -> transport.connect(SOMEWHERE, Map.of(), SECOND))
                    .withMessage("transport odd: connect failed: java.lang.NoSuchMethodError: gone");
        }
        assertThatIOException().isThrownBy(() -> transport.connect(SOMEWHERE, Map.of(), SECOND))
                .withMessageContaining("is switched off");
        assertThatIOException().isThrownBy(() -> host.transport("odd"));
        await().untilAsserted(() -> assertThat(status(host).state()).isEqualTo("switched off"));
        assertThat(status(host).error()).isEqualTo("it failed 5 times in a row, at last: transport odd: connect threw"
                + " java.lang.NoSuchMethodError: gone; replace its jar, or start the host again");
        assertThat(host.schemes()).isEmpty();
    }

    @Test
    void a_plugin_that_was_switched_off_is_used_again_when_its_jar_is_replaced() throws IOException {
        PluginHost host = host(transport("", THROW, "", ""));
        Transport transport = host.transport("odd");
        for (int i = 0; i < Conduct.MOST_FAILURES; i++) {
            assertThatIOException().isThrownBy(() -> transport.connect(SOMEWHERE, Map.of(), SECOND));
        }
        await().untilAsserted(() -> assertThat(status(host).state()).isEqualTo("switched off"));
        transport("", "", "", "").build(folder.resolve("odd.jar"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(host.schemes()).containsExactly("odd"));
        host.transport("odd").connect(SOMEWHERE, Map.of(), SECOND).close();
    }

    @Test
    void failures_with_successes_between_are_forgiven() throws IOException {
        PluginHost host = host(transport("", "",
                "if (content.name().get().equals(\"bad\")) throw new StackOverflowError();", ""));
        try (Connection connection = host.transport("odd").connect(SOMEWHERE, Map.of(), SECOND)) {
            for (int i = 0; i < 3 * Conduct.MOST_FAILURES; i++) {
                assertThatIOException().isThrownBy(() -> connection.ask(ContentReference.byName("bad")));
                assertThat(connection.ask(ContentReference.byName("good"))).isPresent();
            }
        }
        assertThat(status(host).state()).isEqualTo("loaded");
    }

    @Test
    void what_the_hosts_own_sink_throws_is_not_the_plugins_fault() throws IOException {
        PluginHost host = host(transport("", "", "", ""));
        try (Connection connection = host.transport("odd").connect(SOMEWHERE, Map.of(), SECOND)) {
            Offer offer = connection.ask(ContentReference.byName("good")).orElseThrow();
            for (int i = 0; i < 2 * Conduct.MOST_FAILURES; i++) {
                assertThatIllegalStateException().isThrownBy(() -> offer.read(0, 1, _ -> {
                    throw new IllegalStateException("ours");
                })).withMessage("ours");
            }
        }
        assertThat(host.transport("odd")).isNotNull();
    }

    @Test
    void options_that_a_transport_refuses_are_no_failure() throws IOException {
        PluginHost host = host(
                transport("", "if (true) throw new IllegalArgumentException(\"no such option\");", "", ""));
        for (int i = 0; i < 2 * Conduct.MOST_FAILURES; i++) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> host.transport("odd").connect(SOMEWHERE, Map.of(), SECOND))
                    .withMessage("no such option");
        }
    }

    @Test
    void a_transport_that_hangs_when_it_is_closed_holds_nobody_up() throws IOException {
        PluginHost host = host(transport("", "", "", FOREVER));
        Transport transport = host.transport("odd");
        Server server = transport.serve(new InetSocketAddress(7000), Map.of(), _ -> Optional.empty());
        Thread.currentThread().interrupt();
        server.close();
        assertThat(Thread.interrupted()).isTrue();
        long start = System.nanoTime();
        host.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void connecting_that_takes_too_long_is_given_up_and_switches_nothing_off() throws Exception {
        PluginHost host = host(transport("", FOREVER, "", ""));
        Transport transport = host.transport("odd");
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Conduct.MOST_LEFT_BEHIND; i++) {
                calls.add(threads.submit(() -> assertThatIOException()
                        .isThrownBy(() -> transport.connect(SOMEWHERE, Map.of(), Duration.ofMillis(10)))
                        .withMessageContaining("connect did not end within 3010 ms")));
            }
        }
        for (Future<?> call : calls) {
            call.get();
        }
        assertThatIOException().isThrownBy(() -> transport.connect(SOMEWHERE, Map.of(), SECOND))
                .withMessageContaining("too many of its calls do not end");
        transport.serve(new InetSocketAddress(7000), Map.of(), _ -> Optional.empty()).close();
        assertThat(status(host).state()).isEqualTo("loaded");
    }

    @Test
    void a_question_that_gets_no_answer_is_given_up_and_switches_nothing_off() throws IOException {
        PluginHost host = host(transport("", "", FOREVER, ""));
        try (Connection connection = host.transport("odd").connect(SOMEWHERE, Map.of(), Duration.ofMillis(10))) {
            for (int i = 0; i < 2 * Conduct.MOST_FAILURES; i++) {
                assertThatIOException().isThrownBy(() -> connection.ask(ContentReference.byName("a")))
                        .withMessage("transport odd: ask did not end within 30 ms");
            }
        }
        assertThat(status(host).state()).isEqualTo("loaded");
    }

    @Test
    void a_selector_that_throws_is_done_without() throws IOException {
        PluginHost host = host(StrangersJar.selector("odd", "odd", "throw new AssertionError(\"odd\");"));
        PeerSelector selector = host.selector("odd");
        for (int i = 0; i < 2 * Conduct.MOST_FAILURES; i++) {
            assertThat(selector.rank(Requests.any())).isEqualTo(Requests.any().candidates());
        }
        await().untilAsserted(() -> assertThat(status(host).state()).isEqualTo("switched off"));
    }

    @Test
    void a_selector_that_hangs_is_done_without() throws IOException {
        PluginHost host = host(StrangersJar.selector("odd", "odd", FOREVER + AS_THEY_COME));
        assertThat(host.selector("odd").rank(Requests.any())).isEqualTo(Requests.any().candidates());
    }

    @Test
    void a_selector_that_invents_candidates_is_done_without() throws IOException {
        PluginHost host = host(StrangersJar.selector("odd", "odd", "return null;"));
        assertThat(host.selector("odd").rank(Requests.any())).isEqualTo(Requests.any().candidates());
        StrangersJar.selector("made-up", "made-up",
                "java.util.List<Candidate> twice = new java.util.ArrayList<>(); twice.add(null); return twice;")
                .build(folder.resolve("b.jar"));
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> assertThat(
                host.selector("made-up").rank(Requests.any())).isEqualTo(Requests.any().candidates()));
    }

    @Test
    void a_hasher_that_throws_an_error_shows_it_as_an_exception() throws IOException {
        PluginHost host = host(new StrangersJar("odd", "1.0.0")
                .source("""
                        package stranger;
                        @org.pf4j.Extension
                        public class Odd implements dev.swarmdex.peer.api.FileHasher {
                            public String algorithm() { return "odd"; }
                            public java.security.MessageDigest newDigest() {
                                return new java.security.MessageDigest("odd") {
                                    protected int engineGetDigestLength() { return 32; }
                                    protected void engineUpdate(byte input) { throw new LinkageError("odd"); }
                                    protected void engineUpdate(byte[] input, int offset, int length) { throw new LinkageError("odd"); }
                                    protected byte[] engineDigest() { return new byte[32]; }
                                    protected void engineReset() { }
                                };
                            }
                        }
                        """));
        FileHasher hasher = host.hasher("odd");
        assertThat(hasher.newDigest().digest()).hasSize(32);
        assertThatIllegalStateException().isThrownBy(() -> hasher.newDigest().update(new byte[10]))
                .withMessageContaining("hasher odd: digest failed: java.lang.LinkageError: odd");
    }

    @Test
    void a_plugin_that_hangs_when_it_is_made_is_refused_and_others_go_on() throws IOException {
        StrangersJar.selector("fine", "fine", AS_THEY_COME).build(folder.resolve("z.jar"));
        PluginHost host = host(new StrangersJar("odd", "1.0.0").source("""
                package stranger;
                import dev.swarmdex.peer.api.*;
                @org.pf4j.Extension
                public class Odd implements PeerSelector {
                    public Odd() { %s }
                    public String strategy() { return "odd"; }
                    public java.util.List<Candidate> rank(SelectionRequest request) { return request.candidates(); }
                }
                """.formatted(FOREVER)));
        assertThat(host.list()).extracting(PluginStatus::state).containsExactly("refused", "loaded");
        assertThat(host.list().getFirst().error()).isEqualTo("it did not load within 5 s: it hangs");
        assertThat(host.selector("fine").rank(Requests.any())).hasSize(1);
    }

    @Test
    void a_plugin_class_that_does_not_stop_holds_nobody_up() throws IOException {
        PluginHost host = host(StrangersJar.selector("odd", "odd", AS_THEY_COME)
                .manifest("Plugin-Class", "stranger.Odd").source("""
                        package stranger;
                        public class Odd extends org.pf4j.Plugin {
                            public void stop() { %s }
                        }
                        """.formatted(FOREVER)));
        assertThat(status(host).state()).isEqualTo("loaded");
        long start = System.nanoTime();
        host.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
