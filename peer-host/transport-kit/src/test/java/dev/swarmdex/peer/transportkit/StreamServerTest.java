package dev.swarmdex.peer.transportkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** Clients here are plain sockets; the service echoes words of four bytes and fails on some. */
@Timeout(30)
class StreamServerTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private StreamServer server;

    @BeforeEach
    void startAServerForTwoClients() throws IOException {
        server = start(LIMIT, 2);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void clients_are_served_side_by_side() throws IOException {
        try (Socket first = connect(); Socket second = connect()) {
            assertThat(echo(second, "abcd")).isEqualTo("abcd");
            assertThat(echo(first, "efgh")).isEqualTo("efgh");
            assertThat(server.connections()).isEqualTo(2);
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void one_too_many_is_turned_away_and_the_others_stay() throws IOException {
        try (Socket first = connect(); Socket second = connect()) {
            echo(first, "abcd");
            echo(second, "abcd");
            try (Socket third = connect()) {
                assertThat(third.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(echo(first, "efgh")).isEqualTo("efgh");
        }
    }

    /** All of 127.0.0.0/8 is this machine. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void one_from_elsewhere_takes_the_place_of_the_longest_idle_of_those_with_the_most() throws IOException {
        InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.2");
        try (StreamServer patient = start(Duration.ofMinutes(1), 3);
                Socket first = connectTo(patient);
                Socket second = connectTo(patient);
                Socket third = connectTo(patient)) {
            echo(second, "abcd");
            echo(first, "abcd");
            echo(third, "abcd");
            await().until(() -> patient.connections() == 3);
            try (Socket newcomer = new Socket(patient.address().getAddress(), patient.address().getPort(), elsewhere,
                    0);
                    Socket another = new Socket(patient.address().getAddress(), patient.address().getPort(), elsewhere,
                            0)) {
                assertThat(echo(newcomer, "abcd")).isEqualTo("abcd");
                assertThat(second.getInputStream().read()).isEqualTo(-1);
                assertThat(another.getInputStream().read()).isEqualTo(-1);
                assertThat(echo(first, "abcd")).isEqualTo("abcd");
                assertThat(echo(third, "abcd")).isEqualTo("abcd");
            }
        }
    }

    private static Socket connectTo(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    @Test
    void a_client_for_which_the_service_fails_harms_nobody_else() throws IOException {
        try (Socket good = connect(); Socket bad = connect()) {
            bad.getOutputStream().write("oops".getBytes(US_ASCII));
            assertThat(bad.getInputStream().read()).isEqualTo(-1);
            assertThat(echo(good, "abcd")).isEqualTo("abcd");
        }
    }

    @Test
    void a_client_that_says_nothing_is_sent_away() throws IOException {
        try (Socket silent = connect()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_client_that_stops_in_a_message_is_sent_away() throws IOException {
        try (Socket slow = connect()) {
            slow.getOutputStream().write('a');
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closing_sends_the_clients_away_and_frees_the_port() throws IOException {
        StreamServer patient = start(Duration.ofMinutes(1), 2);
        try (Socket client = new Socket(patient.address().getAddress(), patient.address().getPort())) {
            echo(client, "abcd");
            patient.close();
            patient.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(patient.connections()).isZero();
        }
        StreamServer.start("echo", patient.address(), limits(LIMIT, 2), StreamServerTest::echo).close();
    }

    @Test
    void closing_does_not_wait_for_a_service_that_ignores_it() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        StreamServer stuck = StreamServer.start("stuck", ANY_PORT, limits(LIMIT, 2), client -> {
            serving.countDown();
            awaitUninterruptibly(end);
        });
        try (Socket client = new Socket(stuck.address().getAddress(), stuck.address().getPort())) {
            serving.await();
            stuck.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        } finally {
            end.countDown();
        }
    }

    @Test
    void a_port_in_use_is_named() {
        int port = server.address().getPort();
        assertThatIOException().isThrownBy(() -> StreamServer.start("echo", server.address(), limits(LIMIT, 2),
                StreamServerTest::echo)).withMessageContaining("can't listen on 127.0.0.1:" + port);
    }

    private static StreamServer start(Duration limit, int connections) throws IOException {
        return StreamServer.start("echo", ANY_PORT, limits(limit, connections), client -> {
            client.allow(limit);
            echo(client);
        });
    }

    private static void echo(TimedChannel client) throws IOException {
        Input input = new Input(client, ByteBuffer.allocate(4));
        while (input.hasNext()) {
            ByteBuffer word = input.take(4);
            if (US_ASCII.decode(word.duplicate()).toString().equals("oops")) {
                throw new IllegalStateException("a bug, say");
            }
            new Output(client, Duration.ofSeconds(1)).write(word);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // this is what the test is about
                assertThat(e).isNotNull();
            }
        }
    }

    private static ServerLimits limits(Duration limit, int connections) {
        return new ServerLimits(connections, limit, limit, limit);
    }

    private Socket connect() throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    private static String echo(Socket client, String word) throws IOException {
        client.getOutputStream().write(word.getBytes(US_ASCII));
        return new String(client.getInputStream().readNBytes(word.length()), US_ASCII);
    }
}
