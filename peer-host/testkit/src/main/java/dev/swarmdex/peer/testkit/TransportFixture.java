package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A transport and a server of it, and what tests need to play its clients. */
abstract class TransportFixture {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(300);
    static final String NAME = "a.bin";
    static final int FEW = 300_000;
    /** More than the sockets between both ends can hold. */
    static final int MANY = 32 << 20;

    final MemoryShelf shelf = new MemoryShelf();
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final CountDownLatch end = new CountDownLatch(1);
    Transport transport;
    Server server;

    /** A new instance of the transport. */
    protected abstract Transport transport();

    /** What the protocol can do. */
    protected abstract Set<Ability> abilities();

    /** The most bytes of UTF-8 in a name that the protocol can ask for. */
    protected abstract int longestName();

    /** The options with which to serve and to connect; none unless this is overridden. */
    protected Map<String, String> options() {
        return Map.of();
    }

    @BeforeEach
    void startServer() throws IOException {
        transport = transport();
        server = serve(0);
    }

    @AfterEach
    void stopServer() {
        end.countDown();
        server.close();
        threads.shutdownNow();
    }

    boolean can(Ability ability) {
        return abilities().contains(ability);
    }

    Server serve(int port) throws IOException {
        return transport.serve(loopback(port), options(), shelf);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    Endpoint endpoint() {
        return endpoint("127.0.0.1", server.address().getPort());
    }

    Endpoint endpoint(String host, int port) {
        return new Endpoint(transport.scheme(), host, port);
    }

    Connection connect() throws IOException {
        return transport.connect(endpoint(), options(), PATIENCE);
    }

    static Offer ask(Connection connection, String name) throws IOException {
        return connection.ask(ContentReference.byName(name)).orElseThrow(() -> new IOException("not offered: " + name));
    }

    Socket rawClient() throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    void tryToRead() throws IOException {
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, NAME), 0, FEW)).isEqualTo(Transfers.bytes(FEW));
        }
    }

    /** Stops at the first chunk until the test's end. */
    @Nullable
    Void readPausing(CountDownLatch paused) throws IOException {
        try (Connection connection = connect()) {
            ask(connection, NAME).read(0, MANY, chunk -> {
                paused.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                chunk.position(chunk.limit());
            });
        }
        return null;
    }

    void expectGoodService() throws IOException {
        byte[] bytes = Transfers.bytes(FEW + 7);
        shelf.add("good.bin", bytes);
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, "good.bin"), 0, bytes.length)).isEqualTo(bytes);
        }
    }

    static @Nullable Throwable failureOf(Future<?> task) throws InterruptedException {
        try {
            task.get();
            throw new AssertionError("it did not fail");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
