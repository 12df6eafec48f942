package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.host.plugin.PluginCopies;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.peer.host.plugin.PluginSettings;
import dev.swarmdex.peer.host.plugin.PluginStatus;
import dev.swarmdex.peer.host.plugin.StrangersJar;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** What a running host serves by, while transport jars come, change and go. */
@Timeout(60)
class ServingTransportsTest {

    private static final int EOF = -1;

    @TempDir
    private Path folder;
    @TempDir
    private Path elsewhere;
    private final AtomicInteger changes = new AtomicInteger();
    private final CountDownLatch secondHalf = new CountDownLatch(1);
    private PluginHost plugins;
    private @Nullable ServingTransports serving;

    @BeforeEach
    void open() throws IOException {
        plugins = PluginHost.open(folder, PluginCopies.in(elsewhere.resolve("copies")), PluginSettings.PERMISSIVE);
    }

    @AfterEach
    void close() {
        secondHalf.countDown();
        if (serving != null) {
            serving.close();
        }
        plugins.close();
    }

    /** A transport that greets whoever connects with its version, and then sends the content "film". */
    private Path drop(String scheme, char version) throws IOException {
        return new StrangersJar("transport-" + scheme, version + ".0.0")
                .source("""
                        package stranger;
                        import dev.swarmdex.peer.api.*;
                        import java.net.*;
                        import java.nio.channels.*;
                        import java.util.*;
                        @org.pf4j.Extension
                        public class Greeting implements Transport {
                            public String scheme() { return "%1$s"; }
                            public Connection connect(Endpoint endpoint, Map<String, String> options, java.time.Duration timeout)
                                    throws java.io.IOException {
                                throw new java.io.IOException("it only serves");
                            }
                            public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf)
                                    throws java.io.IOException {
                                ServerSocketChannel listener = ServerSocketChannel.open().bind(bind);
                                InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
                                Set<SocketChannel> open = java.util.concurrent.ConcurrentHashMap.newKeySet();
                                Thread.ofVirtual().start(() -> {
                                    try {
                                        while (true) {
                                            SocketChannel channel = listener.accept();
                                            open.add(channel);
                                            Thread.ofVirtual().start(() -> {
                                                try (channel) {
                                                    channel.write(java.nio.ByteBuffer.wrap(new byte[]{'%2$s'}));
                                                    SharedContent film = shelf.find(ContentReference.byName("film")).get();
                                                    film.transferTo(0, film.size(), channel);
                                                } catch (java.io.IOException gone) {
                                                }
                                            });
                                        }
                                    } catch (java.io.IOException closed) {
                                    }
                                });
                                return new Server() {
                                    public InetSocketAddress address() { return address; }
                                    public void stopListening() { shut(listener); }
                                    public void close() { shut(listener); open.forEach(Greeting::shut); }
                                };
                            }
                            static void shut(java.io.Closeable it) {
                                try { it.close(); } catch (java.io.IOException e) { throw new IllegalStateException(e); }
                            }
                        }
                        """
                        .formatted(scheme, version))
                .build(folder.resolve("transport-" + scheme + ".jar"));
    }

    private ServingTransports serve(HostConfig.TransportTable... tables) throws IOException {
        ServingTransports started = ServingTransports.start(List.of(tables), plugins, this::find);
        started.onChange(changes::incrementAndGet);
        serving = started;
        return started;
    }

    private static HostConfig.TransportTable table(String scheme, int port) {
        return new HostConfig.TransportTable(scheme, Optional.of(new BindAddress("127.0.0.1", port)), Optional.empty(),
                Map.of());
    }

    /** Two bytes, of which the second is sent when the test says so. */
    private Optional<SharedContent> find(ContentReference wanted) {
        return Optional.of(new SharedContent() {
            @Override
            public String name() {
                return "film";
            }

            @Override
            public ContentId id() {
                return ContentId.parse("sha256-tree:" + "0".repeat(64));
            }

            @Override
            public long size() {
                return 2;
            }

            @Override
            public Optional<byte[]> pieceHashes(int pieceSize) {
                return Optional.empty();
            }

            @Override
            public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
                target.write(ByteBuffer.wrap(new byte[]{'a'}));
                try {
                    secondHalf.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                target.write(ByteBuffer.wrap(new byte[]{'b'}));
            }
        });
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private void awaitLoaded(String... versions) {
        soon().untilAsserted(() -> assertThat(plugins.list()).filteredOn(each -> each.state().equals("loaded"))
                .extracting(PluginStatus::version).containsExactly(versions));
    }

    private static char greeting(Endpoint endpoint) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            return (char) socket.getInputStream().read();
        }
    }

    @Test
    void a_transport_whose_jar_is_missing_serves_as_soon_as_it_is_dropped_in() throws IOException {
        drop("here", '1');
        awaitLoaded("1.0.0");
        ServingTransports started = serve(table("here", 0), table("late", 0));
        assertThat(started.endpoints()).extracting(Endpoint::scheme).containsExactly("here");
        drop("late", '2');
        soon().untilAsserted(
                () -> assertThat(started.endpoints()).extracting(Endpoint::scheme).containsExactly("here", "late"));
        assertThat(changes).hasValue(1);
        assertThat(greeting(started.endpoints().getLast())).isEqualTo('2');
    }

    @Test
    void a_host_that_could_serve_by_none_of_its_transports_does_not_start() {
        assertThatIOException().isThrownBy(() -> serve(table("none", 0)))
                .withMessageContaining("put transport-none-<version>.jar into");
    }

    @Test
    void a_host_that_is_only_to_fetch_starts_without_any() throws IOException {
        assertThat(serve().endpoints()).isEmpty();
    }

    @Test
    void a_replaced_transport_listens_at_the_same_address_and_what_the_old_one_sends_comes_to_its_end()
            throws IOException {
        drop("same", '1');
        awaitLoaded("1.0.0");
        ServingTransports started = serve(table("same", 0));
        Endpoint before = started.endpoints().getFirst();
        try (Socket old = new Socket(InetAddress.getLoopbackAddress(), before.port())) {
            InputStream fromOld = old.getInputStream();
            assertThat(fromOld.readNBytes(2)).asString().isEqualTo("1a");
            drop("same", '2');
            soon().ignoreExceptions().until(() -> greeting(before) == '2');
            assertThat(started.endpoints()).containsExactly(before);
            secondHalf.countDown();
            assertThat(fromOld.read()).isEqualTo('b');
            assertThat(fromOld.read()).isEqualTo(EOF);
        }
        soon().untilAsserted(
                () -> assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly("loaded"));
    }

    @Test
    void a_removed_transport_takes_nobody_new_and_is_unloaded_when_it_is_not_needed_any_more() throws IOException {
        Path jar = drop("gone", '1');
        awaitLoaded("1.0.0");
        ServingTransports started = serve(table("gone", 0));
        Endpoint before = started.endpoints().getFirst();
        try (Socket old = new Socket(InetAddress.getLoopbackAddress(), before.port())) {
            InputStream fromOld = old.getInputStream();
            assertThat(fromOld.readNBytes(2)).asString().isEqualTo("1a");
            Files.delete(jar);
            soon().untilAsserted(() -> assertThat(started.endpoints()).isEmpty());
            assertThatIOException().isThrownBy(() -> greeting(before));
            assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly("retired");
            secondHalf.countDown();
            assertThat(fromOld.read()).isEqualTo('b');
        }
        soon().untilAsserted(() -> assertThat(plugins.list()).isEmpty());
        assertThat(changes).hasValue(1);
    }

    @Test
    void a_transport_that_can_not_listen_tries_again() throws IOException {
        drop("here", '1');
        awaitLoaded("1.0.0");
        ServingTransports started;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            started = serve(table("here", 0), table("late", taken.getLocalPort()));
            drop("late", '2');
            awaitLoaded("1.0.0", "2.0.0");
            assertThat(started.endpoints()).hasSize(1);
        }
        soon().untilAsserted(() -> assertThat(started.endpoints()).hasSize(2));
    }

    @Test
    void an_address_in_use_keeps_a_host_from_starting() throws IOException {
        drop("here", '1');
        awaitLoaded("1.0.0");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIOException().isThrownBy(() -> serve(table("here", taken.getLocalPort())))
                    .withMessageContaining("choose another address with --set transport.here.bind=…");
        }
    }

    @Test
    void closing_ends_what_is_being_sent() throws IOException {
        drop("here", '1');
        awaitLoaded("1.0.0");
        ServingTransports started = serve(table("here", 0));
        try (Socket reader = new Socket(InetAddress.getLoopbackAddress(), started.endpoints().getFirst().port())) {
            assertThat(reader.getInputStream().readNBytes(2)).asString().isEqualTo("1a");
            started.close();
            assertThat(reader.getInputStream().read()).isEqualTo(EOF);
        }
    }
}
