package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a server bears, byte by byte over a plain socket. */
@Timeout(30)
class HostileClientTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final byte[] PREFACE = Wire.preface().array();
    private static final int SIZE = 16 << 20;

    private final FileShelf shelf = new FileShelf();
    @TempDir
    private Path folder;
    private SharedContent content;
    private StreamServer server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    @BeforeEach
    void connectToAServerWithShortLimits() throws IOException {
        content = shelf.add("a", Files.write(folder.resolve("a"), new byte[SIZE]));
        server = TcpTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ServerLimits(10, LIMIT,
                        LIMIT, LIMIT),
                shelf);
        socket = new Socket(server.address().getAddress(), server.address().getPort());
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void one_who_speaks_something_else_gets_no_answer() throws IOException {
        out.write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
        assertThat(all()).isEmpty();
    }

    @Test
    void one_who_speaks_another_version_is_told_ours() throws IOException {
        byte[] other = PREFACE.clone();
        other[7] = 2;
        out.write(other);
        assertThat(all()).isEqualTo(PREFACE);
    }

    @Test
    void one_who_says_nothing_is_sent_away() throws IOException {
        assertThat(all()).isEmpty();
    }

    @Test
    void one_who_greets_and_says_nothing_more_is_sent_away() throws IOException {
        out.write(PREFACE);
        assertThat(all()).isEqualTo(PREFACE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7, 20})
    void a_request_that_is_cut_off_ends_the_connection(int length) throws IOException {
        out.write(PREFACE);
        out.write(Arrays.copyOf(frame(1, new Request.Ask(ContentReference.byName("a".repeat(20)))), length));
        assertThat(all()).isEqualTo(PREFACE);
    }

    @Test
    void a_request_that_is_too_long_ends_the_connection_with_a_reason() throws IOException {
        greet();
        out.write(HexFormat.of().parseHex("41" + "00000009" + "0401"));
        assertThat(refusal(9)).contains("1025 bytes is too long");
        assertThat(all()).isEmpty();
    }

    @Test
    void a_request_of_a_later_version_is_refused_and_the_connection_goes_on() throws IOException {
        greet();
        out.write(HexFormat.of().parseHex("5a" + "00000009" + "0002" + "abcd"));
        assertThat(refusal(9)).contains("unknown type of request");
        expectAnswer();
    }

    @Test
    void any_body_is_answered_or_refused_and_the_connection_goes_on() throws IOException {
        greet();
        Random random = new Random(4);
        for (int id = 1; id < 500; id++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            byte type = (byte) "AHR".charAt(random.nextInt(3));
            out.write(ByteBuffer.allocate(7 + body.length).put(type).putInt(id).putShort((short) body.length).put(body)
                    .array());
            assertThat(refusal(id)).startsWith("bad request: ");
        }
        expectAnswer();
    }

    @Test
    void garbage_after_the_greeting_harms_nobody_else() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            try (Socket other = new Socket(server.address().getAddress(), server.address().getPort())) {
                byte[] garbage = new byte[10_000];
                new Random(seed).nextBytes(garbage);
                other.getOutputStream().write(PREFACE);
                other.getOutputStream().write(garbage);
            } catch (SocketException e) {
                // the server has had enough before all was sent
                assertThat(e).isNotNull();
            }
        }
        greet();
        expectAnswer();
    }

    @Test
    void one_who_asks_and_does_not_read_is_sent_away() throws IOException {
        greet();
        for (int id = 0; id < 8; id++) {
            out.write(frame(id, new Request.Read(content.id(), 0, SIZE)));
        }
        // the server's time runs while nobody reads: by now it has given up, and what is left is in the sockets' buffers
        await().until(() -> server.connections() == 0);
        assertThat(lengthOfAll()).isLessThan(8L * SIZE);
    }

    @Test
    void closing_the_server_does_not_wait_for_one_who_does_not_read() throws IOException {
        StreamServer patient = TcpTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ServerLimits.of(Options.of("tcp", Map.of())), shelf);
        try (Socket lazy = new Socket(patient.address().getAddress(), patient.address().getPort())) {
            lazy.getOutputStream().write(PREFACE);
            lazy.getOutputStream().write(frame(1, new Request.Read(content.id(), 0, SIZE)));
            assertThat(lazy.getInputStream().readNBytes(100)).hasSize(100);
            long begin = System.nanoTime();
            patient.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            assertThat(patient.connections()).isZero();
        }
    }

    @Test
    void one_who_sends_ahead_gets_all_answers_in_order() throws IOException {
        greet();
        ByteBuffer requests = ByteBuffer.allocate(1000 * 70);
        ContentId unknown = ContentId.of("md5", new byte[16]);
        for (int id = 0; id < 1000; id++) {
            requests.put(frame(id, new Request.Read(unknown, 0, 1)));
        }
        out.write(requests.array(), 0, requests.position());
        for (int id = 0; id < 1000; id++) {
            assertThat(in.readNBytes(9)).isEqualTo(Reply.nothing(id).array());
        }
    }

    private void greet() throws IOException {
        out.write(PREFACE);
        assertThat(in.readNBytes(8)).isEqualTo(PREFACE);
    }

    private void expectAnswer() throws IOException {
        out.write(frame(77, new Request.Ask(ContentReference.byName("a"))));
        byte[] expected = Reply.offered(77, SIZE, content.id()).array();
        assertThat(in.readNBytes(expected.length)).isEqualTo(expected);
    }

    private String refusal(int requestId) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(9));
        assertThat(header.get()).isEqualTo((byte) 'E');
        assertThat(header.getInt()).isEqualTo(requestId);
        return new String(in.readNBytes(header.getInt()), UTF_8);
    }

    private static byte[] frame(int id, Request request) {
        ByteBuffer frame = Request.frame(id, request);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** All that the server sends until it closes the connection; a reset ends it as well. */
    private byte[] all() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException e) {
            return new byte[0];
        }
    }

    private long lengthOfAll() throws IOException {
        long length = 0;
        try {
            byte[] some = new byte[1 << 16];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                length += read;
            }
        } catch (SocketException e) {
            // a reset: what was not delivered is lost
            assertThat(e).isNotNull();
        }
        return length;
    }
}
