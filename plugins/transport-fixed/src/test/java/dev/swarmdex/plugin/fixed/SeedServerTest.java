package dev.swarmdex.plugin.fixed;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.testkit.ScriptedServer;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
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

/** What our client says to the programs of seed 001, and what it makes of their answers, good and bad. */
@Timeout(30)
class SeedServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ContentReference SONG = ContentReference.byName("song");
    private static final String FULL = "C" + "x".repeat(100);

    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(10);

    @Test
    void a_file_is_asked_for_in_the_seeds_frame() throws Exception {
        fetch(200, frames(FULL, FULL, "A"));
        assertThat(heard.take()).isEqualTo("Dsong" + "\0".repeat(96));
    }

    @Test
    void a_file_of_known_size_comes_without_its_padding() throws IOException {
        assertThat(fetch(103, frames(FULL, "Cy\0z", "A"))).isEqualTo("x".repeat(100) + "y\0z");
        assertThat(fetch(104, frames(FULL, "Cy\0z", "A"))).isEqualTo("x".repeat(100) + "y\0z\0");
    }

    @Test
    void a_file_of_unknown_size_keeps_its_padding() throws IOException {
        assertThat(fetch(Long.MAX_VALUE, frames("Cyz", "A"))).isEqualTo("yz" + "\0".repeat(98));
    }

    @Test
    void an_offer_tells_no_size_and_how_much_padding_may_come() throws IOException {
        try (ScriptedServer server = serving(frames(FULL, "A")); Connection connection = connect(server)) {
            Offer offer = connection.ask(SONG).orElseThrow();
            assertThat(offer.size()).isEmpty();
            assertThat(offer.padding()).isEqualTo(99);
        }
    }

    @Test
    void an_empty_file_is_only_an_end() throws IOException {
        assertThat(fetch(0, frames("A"))).isEmpty();
        assertThat(fetch(Long.MAX_VALUE, frames("A"))).isEmpty();
    }

    @Test
    void a_failure_instead_of_a_file_means_that_there_is_none() throws IOException {
        try (ScriptedServer server = serving(frames("Egone")); Connection connection = connect(server)) {
            assertThat(connection.ask(SONG)).isEmpty();
        }
    }

    @Test
    void a_failure_on_the_way_is_told() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> fetch(Long.MAX_VALUE, frames(FULL, "Edisk\nbroken")))
                .withMessageContaining("disk broken");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 99, 100, 201, 300})
    void a_file_of_another_size_than_was_asked_for_is_an_error(long size) {
        assertThatIOException().isThrownBy(() -> fetch(size, frames(FULL, FULL, "A")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X", "Dsong", "c"})
    void anything_else_is_no_answer(String frame) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> fetch(0, frames(frame)))
                .withMessageContaining("does not speak this protocol");
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> fetch(Long.MAX_VALUE, frames(FULL, frame)));
    }

    @Test
    void every_truncation_of_a_transfer_is_an_error() {
        byte[] all = frames(FULL, "Cyz", "A");
        for (int length = 0; length < all.length; length += 7) {
            byte[] some = Arrays.copyOf(all, length);
            assertThatIOException().as("%s bytes", length).isThrownBy(() -> fetch(Long.MAX_VALUE, some));
        }
        assertThatIOException().isThrownBy(() -> fetch(Long.MAX_VALUE, Arrays.copyOf(all, all.length - 1)));
    }

    @Test
    void an_endless_file_takes_no_more_memory_than_a_frame() throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> {
            in.readNBytes(101);
            byte[] frame = frames(FULL);
            while (true) {
                out.write(frame);
            }
        }); Connection connection = connect(server)) {
            Offer offer = connection.ask(SONG).orElseThrow();
            assertThatIOException().isThrownBy(() -> offer.read(0, 1_000_000, chunk -> {
                chunk.position(chunk.limit());
            })).withMessageContaining("more than the 1000000 bytes");
        }
    }

    @Test
    void nothing_but_a_file_or_an_io_exception_comes_of_garbage() throws IOException {
        byte[] all = frames(FULL, "Cyz", "A");
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] damaged = all.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(fetch(Long.MAX_VALUE, damaged)).hasSizeBetween(0, 200);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).+");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901", "éééééé"})
    void a_name_that_the_protocol_cannot_carry_is_not_asked_for(String name) throws IOException {
        try (ScriptedServer server = ScriptedServer.start((in, out) -> heard.add("a client"));
                Connection connection = connect(server)) {
            assertThat(connection.ask(ContentReference.byName(name))).isEmpty();
            assertThat(heard).isEmpty();
        }
    }

    private String fetch(long length, byte[] all) throws IOException {
        try (ScriptedServer server = serving(all); Connection connection = connect(server)) {
            Offer offer = connection.ask(SONG).orElseThrow(() -> new IOException("not offered"));
            return new String(Transfers.read(offer, 0, length), ISO_8859_1);
        }
    }

    private ScriptedServer serving(byte[] all) throws IOException {
        return ScriptedServer.start((in, out) -> {
            heard.offer(new String(in.readNBytes(101), ISO_8859_1));
            out.write(all);
        });
    }

    private static Connection connect(ScriptedServer server) {
        return new FixedTransport().connect(server.endpoint("fixed"), Map.of(), TIMEOUT);
    }

    private static byte[] frames(String... texts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String text : texts) {
            all.writeBytes(Arrays.copyOf(text.getBytes(ISO_8859_1), 101));
        }
        return all.toByteArray();
    }
}
