package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.WholeContent;
import dev.swarmdex.peer.transportkit.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** What a client bears: a server that sends prepared bytes, whatever it is asked. */
@Timeout(30)
class HostileServerTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final ContentId ID = ContentId.of("md5", new byte[16]);
    private static final ContentReference CONTENT = ContentReference.byId(ID);

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void one_who_speaks_something_else_is_no_peer() {
        serveOnce(bytes("SSH-2.0-OpenSSH_9.2p1\r\n".getBytes(US_ASCII)), true);
        assertThatIOException().isThrownBy(this::connect).withMessageContaining("does not speak this protocol");
    }

    @Test
    void one_who_speaks_another_version_is_named() {
        serveOnce(bytes("swarmdx\2".getBytes(US_ASCII)), true);
        assertThatIOException().isThrownBy(this::connect).withMessageContaining("version 2");
    }

    @Test
    void one_who_closes_at_once_is_no_peer() {
        serveOnce(bytes(), true);
        assertThatIOException().isThrownBy(this::connect).withMessageContaining("can't connect to tcp://");
    }

    @Test
    void one_who_accepts_and_says_nothing_costs_no_more_than_the_timeout() {
        serveOnce(bytes(), false);
        assertThatIOException().isThrownBy(this::connect).withCauseInstanceOf(SocketTimeoutException.class);
    }

    /** Its queue is full, so that it accepts only when the kernel asks again, a second later. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void one_who_is_slow_to_accept_and_says_nothing_costs_no_more_than_the_timeout() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            Endpoint endpoint = new Endpoint("tcp", "127.0.0.1", full.getLocalPort());
            FutureTask<Duration> failing = new FutureTask<>(() -> {
                long begin = System.nanoTime();
                assertThatIOException().isThrownBy(() -> new TcpTransport().connect(endpoint, Map.of(), timeout));
                return Duration.ofNanos(System.nanoTime() - begin);
            });
            Thread.ofVirtual().start(failing);
            await().until(() -> isConnecting(endpoint.port()));
            full.accept().close();
            full.accept().close();
            // a quarter of the timeout for the watchdog's tick; twice the time for what follows would be 3 s
            assertThat(failing.get()).isBetween(timeout.minusMillis(100), timeout.plusMillis(900));
            assertThat(first.isClosed() || second.isClosed()).isFalse();
        }
    }

    /** Whether somebody has asked for a connection to that port and got no answer yet. */
    private static boolean isConnecting(int port) throws IOException {
        String synSent = ":%04X 02 ".formatted(port);
        return Files.readString(Path.of("/proc/net/tcp")).contains(synSent)
                || Files.readString(Path.of("/proc/net/tcp6")).contains(synSent);
    }

    @Test
    void one_who_does_not_answer_costs_no_more_than_the_timeout() throws IOException {
        serveOnce(bytes(preface()), false);
        try (Connection connection = connect()) {
            assertThatIOException().isThrownBy(() -> connection.ask(CONTENT))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThatIOException().isThrownBy(() -> connection.ask(CONTENT)).withMessageContaining("is closed");
        }
    }

    @Test
    void one_who_stalls_in_a_body_costs_no_more_than_the_timeout() throws IOException {
        serveOnce(bytes(preface(), offered(), Reply.bytesFollow(2, 100), ByteBuffer.allocate(99)), false);
        expectReadToFail().isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void one_who_closes_in_a_body_is_an_error() throws IOException {
        serveOnce(bytes(preface(), offered(), Reply.bytesFollow(2, 100), ByteBuffer.allocate(99)), true);
        expectReadToFail().withMessageContaining("closed the connection");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 101, Integer.MAX_VALUE, -1})
    void a_body_of_another_length_than_was_asked_for_is_an_error(int length) throws IOException {
        serveOnce(bytes(preface(), offered(), Reply.bytesFollow(2, length), ByteBuffer.allocate(200)), false);
        expectReadToFail().isInstanceOf(ProtocolException.class);
    }

    @Test
    void what_a_terminal_would_obey_does_not_come_through_in_a_refusal() throws IOException {
        serveOnce(bytes(preface(), Reply.error(1, "no\u001b[2J\u009b2J\u0085\u2028\u202e!")), false);
        try (Connection connection = connect()) {
            assertThatIOException().isThrownBy(() -> connection.ask(CONTENT))
                    .withMessage("the peer refuses: no [2J 2J   !");
        }
    }

    @Test
    void a_whole_content_of_another_size_is_skipped_and_the_next_one_is_right() throws IOException {
        serveOnce(bytes(preface(), Reply.bytesFollow(1, 2), ByteBuffer.allocate(2), Reply.nothing(1),
                Reply.bytesFollow(1, 3), ByteBuffer.wrap(new byte[]{1, 2, 3}), offeredTo(2)), false);
        try (Connection connection = connect()) {
            ByteBuffer target = ByteBuffer.allocate(9);
            assertThat(connection.readWhole(Collections.nCopies(3, new WholeContent(ID, 3)), target))
                    .isEqualTo(BitSet.valueOf(new byte[]{4}));
            assertThat(target.array()).endsWith(1, 2, 3);
            assertThat(connection.ask(CONTENT)).isPresent();
        }
    }

    @Test
    void whole_contents_without_bound_are_an_error() throws IOException {
        serveOnce(bytes(preface(), Reply.bytesFollow(1, WholeContent.LARGEST + 1)), false);
        try (Connection connection = connect()) {
            assertThatIOException().isThrownBy(
                    () -> connection.readWhole(List.of(new WholeContent(ID, 3)), ByteBuffer.allocate(3)))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void who_refuses_whole_contents_refuses_all_of_them_and_the_connection_goes_on() throws IOException {
        serveOnce(bytes(preface(), Reply.error(1, "unknown type"), offeredTo(2)), false);
        try (Connection connection = connect()) {
            assertThatIOException().isThrownBy(() -> connection
                    .readWhole(Collections.nCopies(3, new WholeContent(ID, 3)), ByteBuffer.allocate(9)))
                    .withMessageContaining("unknown type");
            assertThat(connection.ask(CONTENT)).isPresent();
        }
    }

    @Test
    void an_answer_to_another_request_is_an_error() throws IOException {
        serveOnce(bytes(preface(), offered(), Reply.bytesFollow(3, 100), ByteBuffer.allocate(100)), false);
        expectReadToFail().isInstanceOf(ProtocolException.class);
    }

    @Test
    void hashes_without_bound_are_an_error_before_they_take_memory() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(9);
        new Reply(Reply.Status.OK, 2, Wire.LONGEST_HASHES + 1).write(header);
        serveOnce(bytes(preface(), offered(), header.flip()), false);
        try (Connection connection = connect()) {
            Offer offer = connection.ask(CONTENT).orElseThrow();
            assertThatIOException().isThrownBy(() -> offer.pieceHashes(1 << 16)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void the_offer_of_another_content_is_an_error() {
        expectAskToFail(Reply.offered(1, 5, ContentId.of("md5", new byte[20])));
    }

    @Test
    void a_negative_size_is_an_error() {
        expectAskToFail(Reply.offered(1, -1, ID));
    }

    @Test
    void an_id_that_is_none_is_an_error() {
        expectAskToFail(Reply.hashes(1, "12345678not an id".getBytes(US_ASCII)));
    }

    @Test
    void a_reason_cannot_write_over_the_users_terminal() {
        expectAskToFail(Reply.error(1, "\u001b[2J\nowned")).withMessage("the peer refuses:  [2J owned");
    }

    @Test
    void an_unasked_flood_after_an_answer_is_an_error_at_the_next_request() throws IOException {
        serveOnce(bytes(preface(), offered(), ByteBuffer.allocate(3 << 20)), false);
        expectReadToFail().isInstanceOf(ProtocolException.class);
    }

    @Test
    void nothing_but_an_answer_or_an_io_exception_comes_of_garbage() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] answers = bytes(preface(), offered(), Reply.bytesFollow(2, 100), ByteBuffer.allocate(100));
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                answers[random.nextInt(answers.length)] ^= (byte) (1 << random.nextInt(8));
            }
            serveOnce(answers, true);
            try (Connection connection = connect()) {
                int[] got = new int[1];
                Offer offer = connection.ask(CONTENT).orElseThrow(() -> new IOException("not offered"));
                offer.read(0, 100, chunk -> got[0] += chunk.remaining());
                assertThat(got[0]).isEqualTo(100);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @Test
    void every_truncation_of_the_answers_is_an_io_exception() throws IOException {
        byte[] answers = bytes(preface(), offered(), Reply.bytesFollow(2, 5), ByteBuffer.allocate(5));
        for (int length = 0; length < answers.length; length++) {
            serveOnce(Arrays.copyOf(answers, length), true);
            assertThatIOException().isThrownBy(() -> {
                try (Connection connection = connect()) {
                    connection.ask(CONTENT).orElseThrow().read(0, 5, chunk -> {});
                }
            });
        }
    }

    private ThrowableAssertAlternative<IOException> expectReadToFail() throws IOException {
        try (Connection connection = connect()) {
            Offer offer = connection.ask(CONTENT).orElseThrow();
            return assertThatIOException().isThrownBy(() -> offer.read(0, 100, chunk -> {}));
        }
    }

    private ThrowableAssertAlternative<IOException> expectAskToFail(ByteBuffer answer) {
        serveOnce(bytes(preface(), answer), false);
        return assertThatIOException().isThrownBy(() -> {
            try (Connection connection = connect()) {
                connection.ask(CONTENT);
            }
        });
    }

    private static ByteBuffer preface() {
        return Wire.preface();
    }

    private static ByteBuffer offered() {
        return offeredTo(1);
    }

    private static ByteBuffer offeredTo(int request) {
        return Reply.offered(request, 1000, ID);
    }

    private static byte[] bytes(ByteBuffer... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            all.writeBytes(copy);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(byte[] bytes) {
        return bytes;
    }

    /** Answers the next connection with these bytes, then closes its sending side or waits for the client to leave. */
    private void serveOnce(byte[] answers, boolean thenClose) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = listener.accept(); OutputStream out = socket.getOutputStream()) {
                out.write(answers);
                out.flush();
                if (thenClose) {
                    socket.shutdownOutput();
                }
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // the client left first, as it should
                assertThat(e).isNotNull();
            }
        });
    }

    private Connection connect() throws IOException {
        String host = listener.getInetAddress().getHostAddress();
        return new TcpTransport().connect(new Endpoint("tcp", host, listener.getLocalPort()), Map.of(), TIMEOUT);
    }
}
