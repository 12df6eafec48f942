package dev.swarmdex.plugin.pdu;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.testkit.ScriptedServer;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What our client says to the programs of seed 000, and what it makes of their answers, good and bad. */
@Timeout(30)
class SeedServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ContentReference SONG = ContentReference.byName("song.mp3");

    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);

    @Test
    void a_file_is_asked_for_and_taken_in_the_seeds_pdus() throws Exception {
        String packets = "C,0;" + "x".repeat(98) + "C,1;yz";
        assertThat(fetch("document", "C,2", packets)).isEqualTo("x".repeat(98) + "yz");
        assertThat(heard.take()).isEqualTo("D,song.mp3");
        assertThat(heard.take()).isEqualTo("A,");
    }

    @Test
    void packets_may_be_counted_from_one() throws IOException {
        assertThat(fetch("document", "C,2", "C,1;" + "x".repeat(98) + "C,2;yz")).isEqualTo("x".repeat(98) + "yz");
    }

    @Test
    void a_program_sends_packets_without_numbers() throws IOException {
        assertThat(fetch("program", "C,2", "C," + "x".repeat(100) + "C,0;yz")).isEqualTo("x".repeat(100) + "0;yz");
    }

    @Test
    void an_empty_file_has_no_packets() throws IOException {
        assertThat(fetch("document", "C,0", "")).isEmpty();
    }

    @Test
    void a_full_last_packet_ends_with_the_connection_as_well() throws IOException {
        assertThat(fetch("document", "C,1", "C,0;" + "x".repeat(98))).isEqualTo("x".repeat(98));
    }

    @Test
    void the_size_is_not_known_before_the_end() throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> answer(in, out, "C,2", ""));
                Connection connection = connect(server, "document")) {
            assertThat(connection.ask(SONG).orElseThrow().size()).isEmpty();
        }
    }

    @Test
    void error_3_means_that_there_is_no_such_file() throws IOException {
        assertThat(ask("E,3")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E,1", "E,2"})
    void another_error_is_a_refusal(String answer) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ask(answer))
                .withMessageContaining(answer.substring(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X,1", "C,", "C,-1", "C,1234567890123456789", "E,", "E,9",
            "HTTP/1.1 400 Bad Request\r\n"})
    void anything_else_is_no_answer(String answer) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ask(answer))
                .withMessageContaining("does not speak this protocol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C,0;abc", "C,0;", "C,0"})
    void fewer_packets_than_announced_are_an_error(String packets) {
        assertThatIOException().isThrownBy(() -> fetch("document", "C,2", packets));
    }

    @Test
    void a_short_packet_before_the_last_is_an_error() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> fetch("document", "C,2", "C,0;abcC,1;" + "x".repeat(98)));
    }

    @Test
    void more_packets_than_announced_are_an_error() {
        String packets = "C,0;" + "x".repeat(98) + "C,1;y";
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> fetch("document", "C,1", packets))
                .withMessageContaining("more than the 1 packets");
    }

    @Test
    void packets_of_the_other_form_are_an_error_that_names_the_option() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> fetch("document", "C,1", "C,just content"))
                .withMessageContaining("option 'form'");
    }

    @Test
    void a_packet_out_of_order_is_an_error() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> fetch("document", "C,2", "C,0;" + "x".repeat(98) + "C,5;y"))
                .withMessageContaining("packet 5 came instead of packet 1");
    }

    @Test
    void an_endless_file_takes_no_more_memory_than_a_packet() throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> {
            answer(in, out, "C,999999999999999999", "");
            byte[] packet = ("C," + "x".repeat(100)).getBytes(ISO_8859_1);
            while (true) {
                out.write(packet);
            }
        }); Connection connection = connect(server, "program")) {
            Offer offer = connection.ask(SONG).orElseThrow();
            assertThatIOException().isThrownBy(() -> offer.read(0, 1_000_000, chunk -> {
                chunk.position(chunk.limit());
            })).withMessageContaining("more than the 1000000 bytes");
        }
    }

    @Test
    void one_who_keeps_the_connection_open_after_the_file_costs_no_more_than_the_timeout() throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> {
            answer(in, out, "C,1", "C,0;" + "x".repeat(98));
            assertThat(in.read()).isEqualTo(-1);
        }); Connection connection = connect(server, "document", Duration.ofMillis(300))) {
            Offer offer = connection.ask(SONG).orElseThrow();
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> Transfers.read(offer, 0, Long.MAX_VALUE));
        }
    }

    @Test
    void every_truncation_of_a_transfer_is_an_error() throws IOException {
        byte[] all = concat(pdu("C,2"), ("C,0;" + "x".repeat(98) + "C,1;").getBytes(ISO_8859_1));
        for (int length = 0; length < all.length - 4; length++) {
            byte[] some = Arrays.copyOf(all, length);
            assertThatIOException().as("%s bytes", length).isThrownBy(() -> fetch("document", some));
        }
    }

    @Test
    void nothing_but_a_file_or_an_io_exception_comes_of_garbage() throws IOException {
        byte[] all = concat(pdu("C,2"), ("C,0;" + "x".repeat(98) + "C,1;yz").getBytes(ISO_8859_1));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] damaged = all.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(fetch(seed % 2 == 0 ? "document" : "program", damaged)).hasSizeBetween(0, 204);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567890123456", "a;b", "ééééééééééééé"})
    void a_name_that_the_protocol_cannot_carry_is_not_asked_for(String name) throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> heard.add("a client"));
                Connection connection = connect(server, "document")) {
            assertThat(connection.ask(ContentReference.byName(name))).isEmpty();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void a_form_that_does_not_exist_is_refused_with_those_that_do() {
        PduTransport transport = new PduTransport();
        assertThatIllegalArgumentException().isThrownBy(
                () -> transport.connect(new Endpoint("pdu", "127.0.0.1", 1),
                        Map.of("form", "binary"), TIMEOUT))
                .withMessageContaining("'document' or 'program'");
    }

    private Optional<Offer> ask(String answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> {
            in.readNBytes(102);
            out.write(pdu(answer));
        }); Connection connection = connect(server, "document")) {
            return connection.ask(SONG);
        }
    }

    private String fetch(String form, String answer, String packets) throws IOException {
        return fetch(form, concat(pdu(answer), packets.getBytes(ISO_8859_1)));
    }

    private String fetch(String form, byte[] all) throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> answer(in, out, all));
                Connection connection = connect(server, form)) {
            Offer offer = connection.ask(SONG).orElseThrow(() -> new IOException("not offered"));
            return new String(Transfers.read(offer, 0, Long.MAX_VALUE), ISO_8859_1);
        }
    }

    private void answer(InputStream in, OutputStream out, String answer, String packets) throws IOException {
        answer(in, out, concat(pdu(answer), packets.getBytes(ISO_8859_1)));
    }

    private void answer(InputStream in, OutputStream out, byte[] all) throws IOException {
        hear(in);
        out.write(all, 0, Math.min(102, all.length));
        if (all.length >= 102) {
            hear(in);
            out.write(all, 102, all.length - 102);
        }
    }

    private void hear(InputStream in) throws IOException {
        heard.offer(new String(in.readNBytes(102), ISO_8859_1).replace("\0", ""));
    }

    private static Connection connect(ScriptedServer server, String form) {
        return connect(server, form, TIMEOUT);
    }

    private static Connection connect(ScriptedServer server, String form, Duration timeout) {
        return new PduTransport().connect(server.endpoint("pdu"), Map.of("form", form), timeout);
    }

    private static byte[] pdu(String text) {
        return Arrays.copyOf(text.getBytes(ISO_8859_1), 102);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
