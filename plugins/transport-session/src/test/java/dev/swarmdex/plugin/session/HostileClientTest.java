package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client gets, byte by byte over a plain socket, whether it behaves like seed 002's program or worse. */
@Timeout(30)
class HostileClientTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryShelf shelf = new MemoryShelf();
    private StreamServer server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    @BeforeEach
    void connect() throws IOException {
        shelf.add("films/é ü.txt", "abc".getBytes(UTF_8));
        serve(new ServerLimits(10, LONG, LONG, LONG));
    }

    private void serve(ServerLimits limits) throws IOException {
        server = SessionTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, shelf);
        socket = new Socket(server.address().getAddress(), server.address().getPort());
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private void serveImpatiently() throws IOException {
        close();
        serve(new ServerLimits(10, LIMIT, LIMIT, LIMIT));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void a_file_comes_after_its_size_and_md5_once_the_client_has_received_those() throws IOException {
        say("films/é ü.txt");
        expect("3<SEP>900150983cd24fb0d6963f7d28e17f72");
        say("File specs received");
        expectAllToBe("abc");
    }

    @Test
    void an_empty_file_has_a_size_and_an_md5_too() throws IOException {
        shelf.add("empty", new byte[0]);
        say("empty");
        expect("0<SEP>d41d8cd98f00b204e9800998ecf8427e");
        say("File specs received");
        expectAllToBe("");
    }

    @Test
    void a_person_may_end_lines() throws IOException {
        say("films/é ü.txt\r\n");
        expect("3<SEP>900150983cd24fb0d6963f7d28e17f72");
        say("File specs received\r\n");
        expectAllToBe("abc");
    }

    @Test
    void the_client_may_say_its_words_in_pieces() throws IOException {
        say("films/é ü.txt");
        expect("3<SEP>900150983cd24fb0d6963f7d28e17f72");
        for (byte one : "File specs received".getBytes(UTF_8)) {
            out.write(one);
        }
        expectAllToBe("abc");
    }

    /** Seed 002's program reads 1024 bytes at a time, and takes a shorter read for the end. */
    @Test
    void a_file_arrives_at_a_client_that_takes_its_time() throws IOException {
        byte[] file = Transfers.bytes(200_000);
        shelf.add("a", file);
        say("a");
        assertThat(new String(in.readNBytes(43), UTF_8)).startsWith("200000<SEP>");
        say("File specs received");
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            got.write(buffer, 0, read);
        }
        assertThat(got.toByteArray()).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.txt", "../films/é ü.txt", "/films/é ü.txt", "films/É Ü.TXT", "films/é ü.txt ", "films",
            ".",
            "/etc/passwd", "\n", "a\u0000b", "a\nb"})
    void for_whatever_is_not_on_the_shelf_there_is_an_error(String name) throws IOException {
        say(name);
        expect("ERROR");
        say("Error received");
        expectAllToBe("");
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 1024, 1025, 1026, 1027, 5000})
    void for_a_name_that_is_too_long_there_is_an_error(int length) throws IOException {
        say("n".repeat(length));
        expect("ERROR");
    }

    @Test
    void for_a_name_that_is_not_utf_8_there_is_an_error() throws IOException {
        out.write("films/é ü.txt".getBytes(ISO_8859_1));
        expect("ERROR");
        say("Error received");
        expectAllToBe("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Error received.....", "file specs received", "0000000000000000000"})
    void one_who_does_not_say_that_it_received_the_specs_gets_no_file(String words) throws IOException {
        say("films/é ü.txt");
        expect("3<SEP>900150983cd24fb0d6963f7d28e17f72");
        say(words);
        expectAllToBe("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "films/é ü.txt", "b"})
    void one_who_stops_talking_is_sent_away(String name) throws IOException {
        serveImpatiently();
        say(name);
        assertThat(new String(in.readAllBytes(), UTF_8)).isIn("", "3<SEP>900150983cd24fb0d6963f7d28e17f72", "ERROR");
    }

    @Test
    void one_who_does_not_read_is_sent_away() throws IOException {
        shelf.add("large", new byte[32 << 20]);
        serveImpatiently();
        say("large");
        String specs = new String(in.readNBytes(45), UTF_8);
        assertThat(specs).startsWith("33554432<SEP>");
        say("File specs received");
        await().until(() -> server.connections() == 0);
        assertThat(lengthOfAll()).isLessThan(32 << 20);
    }

    @Test
    void one_who_leaves_while_the_md5_is_made_is_let_go_and_the_others_get_the_file() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        shelf.add(new Slow(reading, goOn));
        say("slow");
        reading.await();
        try (Socket leaver = new Socket(server.address().getAddress(), server.address().getPort())) {
            leaver.getOutputStream().write("slow".getBytes(UTF_8));
            await().until(() -> server.connections() == 2);
        }
        await().until(() -> server.connections() == 1);
        goOn.countDown();
        expect("3<SEP>900150983cd24fb0d6963f7d28e17f72");
        say("File specs received");
        expectAllToBe("abc");
    }

    /** A content that takes long to read. */
    private record Slow(CountDownLatch reading, CountDownLatch goOn) implements SharedContent {

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public ContentId id() {
            return ContentId.of("md5", new byte[16]);
        }

        @Override
        public long size() {
            return 3;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void read(long offset, long length, WritableByteChannel target) throws IOException {
            reading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            transferTo(offset, length, target);
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.wrap("abc".getBytes(UTF_8), (int) offset, (int) length));
        }
    }

    private long lengthOfAll() throws IOException {
        long length = 0;
        byte[] some = new byte[1 << 16];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                length += read;
            }
        } catch (SocketException e) {
            // a reset: what was not delivered is lost
            assertThat(e).isNotNull();
        }
        return length;
    }

    private void say(String words) throws IOException {
        out.write(words.getBytes(UTF_8));
    }

    private void expect(String words) throws IOException {
        assertThat(new String(in.readNBytes(words.length()), UTF_8)).isEqualTo(words);
    }

    private void expectAllToBe(String words) throws IOException {
        assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(words);
    }
}
