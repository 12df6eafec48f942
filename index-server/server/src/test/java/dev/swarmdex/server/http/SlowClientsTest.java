package dev.swarmdex.server.http;

import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.metrics.ServerMetrics;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that hold connections and ask for nothing. */
@Timeout(60)
class SlowClientsTest {

    private static final String REQUEST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    Path folder;
    private final Guard guard = new Guard(System::nanoTime);
    private final ServerMetrics metrics = new ServerMetrics();
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        store = DatabaseStore
                .open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS));
        endpoint = new HttpEndpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Watched(store, List::of, guard.offenders(), metrics, Optional::empty, Optional.empty(), "",
                        Instant.EPOCH),
                guard.connections(), Duration.ofSeconds(2));
        endpoint.start();
    }

    @AfterEach
    void close() {
        endpoint.close();
        metrics.close();
        store.close();
    }

    private Socket connect() throws IOException {
        return new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isServed(Socket socket) {
        try {
            send(socket, REQUEST);
            return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII)
                    .equals("HTTP/1.1 200 OK");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_connection_whose_header_trickles_in_is_closed() throws Exception {
        try (Socket slow = connect()) {
            send(slow, "GET /healthz HTTP/1.1\r\nX: ");
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    send(slow, "x");
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void a_connection_that_asks_in_time_may_stay() throws Exception {
        try (Socket quick = connect(); Socket slow = connect()) {
            assertThat(isServed(quick)).isTrue();
            assertThat(slow.getInputStream().read()).as("until the other is closed").isEqualTo(-1);
            quick.getInputStream().skipNBytes(quick.getInputStream().available());
            assertThat(isServed(quick)).isTrue();
        }
    }

    @Test
    void one_address_has_no_more_connections_than_the_limit_and_another_when_one_is_closed() throws Exception {
        guard.limit(0, 2);
        try (Socket first = connect(); Socket second = connect(); Socket third = connect()) {
            // the server may take them in any order
            assertThat(Stream.of(first, second, third).filter(SlowClientsTest::isServed)).hasSize(2);
        }
        await().until(() -> {
            try (Socket fourth = connect()) {
                return isServed(fourth);
            }
        });
    }
}
