package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.testkit.Transfers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What our side makes of hosts that behave like seed 004's program, and of those that don't. */
@Timeout(30)
class HostileServerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String NAME = "a b.bin";
    private static final byte[] FILE = Transfers.bytes(3_000_100);

    private Host host;

    @BeforeEach
    void startHost() throws IOException {
        host = new Host(NAME, FILE);
    }

    @AfterEach
    void stopHost() throws IOException {
        host.close();
    }

    @Test
    void a_file_of_the_seeds_program_arrives_in_ranges() throws IOException {
        try (Connection connection = connect(LONG)) {
            Offer offer = offer(connection);
            assertThat(offer.size()).hasValue(FILE.length);
            assertThat(offer.ranged()).isTrue();
            assertThat(Transfers.read(offer, 0, Long.MAX_VALUE)).isEqualTo(FILE);
            assertThat(Transfers.read(offer, 1023, 3)).isEqualTo(Arrays.copyOfRange(FILE, 1023, 1026));
            assertThat(Transfers.read(offer, FILE.length, Long.MAX_VALUE)).isEmpty();
        }
    }

    @Test
    void an_empty_file_of_the_seeds_program_is_there_though_its_first_portion_is_out_of_range() throws IOException {
        host.answers(request -> Host.answer(request, NAME, new byte[0]));
        try (Connection connection = connect(LONG)) {
            assertThat(offer(connection).size()).hasValue(0);
            assertThat(Transfers.read(offer(connection), 0, Long.MAX_VALUE)).isEmpty();
        }
    }

    @Test
    void a_program_that_has_no_such_file_may_leave_anything_in_the_other_fields() throws IOException {
        byte[] garbage = new byte[Reply.LENGTH];
        Arrays.fill(garbage, (byte) 0x99);
        garbage[1048] = 0;
        host.answers(_ -> garbage);
        try (Connection connection = connect(LONG)) {
            assertThat(connection.ask(ContentReference.byName("other"))).isEmpty();
            assertThat(connection.ask(ContentReference.byName("another"))).isEmpty();
        }
    }

    @Test
    void a_content_without_a_name_or_with_a_longer_one_is_not_even_asked_for() throws IOException {
        host.answers(request -> {
            throw new AssertionError("asked for " + request);
        });
        try (Connection connection = connect(SHORT)) {
            assertThat(connection.ask(ContentReference.byId(ContentId.of("md5", new byte[16])))).isEmpty();
            assertThat(connection.ask(ContentReference.byName("n".repeat(128)))).isEmpty();
        }
    }

    @Test
    void no_more_requests_are_on_their_way_than_fit_into_a_segment() throws IOException {
        try (Connection connection = connect(LONG)) {
            Transfers.read(offer(connection), 0, FILE.length);
            assertThat(host.mostAhead()).isBetween(1, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "1024"})
    void the_operator_decides_how_many_requests_are_on_their_way(String inFlight) throws IOException {
        Map<String, String> options = Map.of(KilobyteTransport.REQUESTS_IN_FLIGHT, inFlight);
        try (Connection connection = new KilobyteTransport().connect(host.endpoint(), options, LONG)) {
            assertThat(Transfers.read(offer(connection), 0, FILE.length)).isEqualTo(FILE);
            assertThat(host.mostAhead()).isLessThanOrEqualTo(Integer.parseInt(inFlight));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1025", "-1", "many"})
    void an_impossible_number_of_requests_is_refused(String inFlight) {
        Map<String, String> options = Map.of(KilobyteTransport.REQUESTS_IN_FLIGHT, inFlight);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KilobyteTransport().connect(host.endpoint(), options, LONG))
                .withMessageContaining(KilobyteTransport.REQUESTS_IN_FLIGHT);
    }

    @Test
    void many_threads_share_a_connection() throws Exception {
        try (Connection connection = connect(LONG);
                ExecutorService threads = Executors
                        .newVirtualThreadPerTaskExecutor()) {
            Offer offer = offer(connection);
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                Random random = new Random(thread);
                readers.add(threads.submit(() -> {
                    for (int i = 0; i < 5; i++) {
                        int offset = random.nextInt(FILE.length - 100_000);
                        int length = random.nextInt(100_000);
                        assertThat(Transfers.read(offer, offset, length))
                                .isEqualTo(Arrays.copyOfRange(FILE, offset, offset + length));
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void one_who_gives_up_halfway_leaves_the_connection_in_order() throws IOException {
        try (Connection connection = connect(LONG)) {
            Offer offer = offer(connection);
            IOException full = new IOException("disk full");
            assertThatIOException().isThrownBy(() -> offer.read(0, FILE.length, _ -> {
                throw full;
            })).isSameAs(full);
            assertThat(Transfers.read(offer, 5, 5000)).isEqualTo(Arrays.copyOfRange(FILE, 5, 5005));
        }
    }

    @Test
    void a_file_that_is_not_there_any_more_is_refused_and_the_connection_stays_usable() throws IOException {
        refuses(request -> Host.bytes(Reply.absent(request.portion())), "no longer offers");
    }

    @Test
    void a_file_that_became_shorter_is_refused_and_the_connection_stays_usable() throws IOException {
        refuses(request -> Host.answer(request, NAME, Arrays.copyOf(FILE, 5000)), "has changed");
    }

    @Test
    void a_portion_without_its_data_is_refused_and_the_connection_stays_usable() throws IOException {
        refuses(request -> Host.bytes(Reply.present(request.portion(), FILE.length)), "has changed");
    }

    private void refuses(Function<Request, byte[]> answers, String reason) throws IOException {
        try (Connection connection = connect(LONG)) {
            Offer offer = offer(connection);
            host.answers(answers);
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, 0, FILE.length))
                    .withMessageContaining(reason);
            host.answers(request -> Host.answer(request, NAME, FILE));
            assertThat(Transfers.read(offer, 0, 9000)).isEqualTo(Arrays.copyOf(FILE, 9000));
        }
    }

    @Test
    void another_portion_than_was_asked_for_ends_the_connection() throws IOException {
        endsTheConnection(request -> Host.answer(Request.portion(NAME, request.portion() ^ 1), NAME, FILE),
                "instead of");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1025, Integer.MAX_VALUE, 3})
    void an_impossible_length_ends_the_connection(int length) throws IOException {
        endsTheConnection(request -> {
            byte[] bytes = Host.bytes(Reply.present(request.portion(), FILE.length));
            ByteBuffer.wrap(bytes).putInt(8, Integer.reverseBytes(length));
            return bytes;
        }, "what can't be");
    }

    @Test
    void one_who_closes_halfway_is_an_error() throws IOException {
        host.answers(request -> request.portion() > 100 ? new byte[0] : Host.answer(request, NAME, FILE));
        try (Connection connection = connect(LONG)) {
            Offer offer = offer(connection);
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, 0, FILE.length));
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, 0, 1));
        }
    }

    @Test
    void a_reply_that_is_cut_off_costs_no_more_than_the_timeout() throws IOException {
        endsTheConnection(request -> Arrays.copyOf(Host.answer(request, NAME, FILE), 1055), "in time");
    }

    private void endsTheConnection(Function<Request, byte[]> answers, String reason) throws IOException {
        try (Connection connection = connect(SHORT)) {
            Offer offer = offer(connection);
            host.answers(request -> request.existence() ? Host.answer(request, NAME, FILE) : answers.apply(request));
            // one portion, so that nothing follows a reply that is cut off
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, 0, 1024)).withMessageContaining(reason);
            assertThatIOException().isThrownBy(() -> connection.ask(ContentReference.byName(NAME)));
        }
    }

    @Test
    void a_size_that_can_not_be_is_no_offer() throws IOException {
        byte[] bytes = Host.bytes(Reply.present(0, 1));
        ByteBuffer.wrap(bytes).putLong(16, Long.reverseBytes(-1));
        host.answers(_ -> bytes);
        try (Connection connection = connect(LONG)) {
            assertThatIOException().isThrownBy(() -> connection.ask(ContentReference.byName(NAME)))
                    .withMessageContaining("-1");
        }
    }

    @Test
    void an_enormous_size_costs_nothing_until_it_is_read() throws IOException {
        host.answers(request -> Host.bytes(Reply.present(request.portion(), Long.MAX_VALUE)));
        try (Connection connection = connect(LONG)) {
            Offer offer = offer(connection);
            assertThat(offer.size()).hasValue(Long.MAX_VALUE);
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, Long.MAX_VALUE - 5, 5));
            assertThatIOException().isThrownBy(() -> Transfers.read(offer, 0, Long.MAX_VALUE));
        }
    }

    private Connection connect(Duration timeout) throws IOException {
        return new KilobyteTransport().connect(host.endpoint(), Map.of(), timeout);
    }

    private static Offer offer(Connection connection) throws IOException {
        return connection.ask(ContentReference.byName(NAME)).orElseThrow();
    }
}
