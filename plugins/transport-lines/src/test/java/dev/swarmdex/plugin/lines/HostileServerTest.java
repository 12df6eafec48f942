package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.testkit.Transfers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What our side makes of mini-servers that behave like those of seed 003's programs, and of those that don't. */
@Timeout(30)
class HostileServerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final ContentReference PATH = ContentReference.byName("/home/é/b c.txt");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    @Test
    void the_bare_path_goes_out_and_the_file_comes_back() throws Exception {
        byte[] file = Transfers.bytes(1_000_000);
        Future<String> heard = miniServer(file);
        try (Connection connection = connect(LONG)) {
            Offer offer = connection.ask(PATH).orElseThrow();
            assertThat(offer.size()).isEmpty();
            assertThat(offer.id()).isEmpty();
            assertThat(offer.ranged()).isFalse();
            assertThat(Transfers.read(offer, 0, Long.MAX_VALUE)).isEqualTo(file);
        }
        assertThat(heard.get()).isEqualTo("/home/é/b c.txt");
    }

    @Test
    void a_file_that_is_not_there_reads_like_an_empty_one() throws IOException {
        miniServer(new byte[0]);
        assertThat(read(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void an_empty_file_is_no_error_for_whoever_knows_that_it_is_empty() throws IOException {
        miniServer(new byte[0]);
        assertThat(read(0)).isEmpty();
    }

    @Test
    void whoever_knows_the_size_hears_of_fewer_bytes_and_of_none() {
        miniServer(new byte[9]);
        assertThatIOException().isThrownBy(() -> read(10)).withMessageContaining("only 9 of the 10 bytes");
        miniServer(new byte[0]);
        assertThatIOException().isThrownBy(() -> read(10)).withMessageContaining("only 0 of the 10 bytes");
    }

    @Test
    void whoever_knows_the_size_gets_no_more_bytes_than_that() {
        miniServer(new byte[1_000_000]);
        assertThatIOException().isThrownBy(() -> read(10)).withMessageContaining("more than the 10 bytes");
    }

    @Test
    void a_reset_is_an_error_even_if_the_size_is_unknown() {
        threads.submit(() -> {
            try (Socket client = listener.accept()) {
                assertThat(client.getInputStream().read()).isNotNegative();
                client.getOutputStream().write(new byte[100]);
                client.setSoLinger(true, 0);
            }
            return null;
        });
        assertThatIOException().isThrownBy(() -> read(Long.MAX_VALUE));
    }

    @Test
    void one_who_stops_sending_costs_no_more_than_the_timeout() {
        threads.submit(() -> {
            try (Socket client = listener.accept()) {
                client.getOutputStream().write(new byte[100]);
                return client.getInputStream().readAllBytes();
            }
        });
        Connection connection = connect(SHORT);
        assertThatIOException().isThrownBy(() -> Transfers.read(connection.ask(PATH).orElseThrow(), 0, Long.MAX_VALUE))
                .withMessageContaining("in time");
    }

    @Test
    void a_content_without_a_name_is_not_even_asked_for() throws IOException {
        listener.close();
        try (Connection connection = connect(SHORT)) {
            assertThat(connection.ask(ContentReference.byId(ContentId.of("md5", new byte[16])))).isEmpty();
        }
    }

    private byte[] read(long length) throws IOException {
        try (Connection connection = connect(LONG)) {
            return Transfers.read(connection.ask(PATH).orElseThrow(), 0, length);
        }
    }

    private Connection connect(Duration timeout) {
        return new LinesTransport().connect(new Endpoint("lines", "127.0.0.1", listener.getLocalPort()), Map.of(),
                timeout);
    }

    /** Plays a mini-server for one client: what one read brings is the path. Returns what it heard. */
    private Future<String> miniServer(byte[] file) {
        return threads.submit(() -> {
            try (Socket client = listener.accept()) {
                byte[] buffer = new byte[1024];
                int length = client.getInputStream().read(buffer);
                client.getOutputStream().write(file);
                return new String(buffer, 0, Math.max(0, length), UTF_8);
            }
        });
    }
}
