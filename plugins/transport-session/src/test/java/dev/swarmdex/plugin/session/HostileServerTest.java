package dev.swarmdex.plugin.session;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What our side makes of peers that behave like seed 002's program, and of those that don't. */
@Timeout(30)
class HostileServerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";
    private static final ContentReference NAME = ContentReference.byName("é b.txt");

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
    void a_file_of_the_seeds_program_arrives() throws Exception {
        Future<String> heard = program("3<SEP>" + MD5_OF_ABC, "abc");
        try (Connection connection = connect(LONG)) {
            Offer offer = connection.ask(NAME).orElseThrow();
            assertThat(offer.size()).hasValue(3);
            assertThat(offer.ranged()).isFalse();
            assertThat(Transfers.read(offer, 0, Long.MAX_VALUE)).isEqualTo("abc".getBytes(UTF_8));
            assertThat(heard.get()).isEqualTo("é b.txt|File specs received");
        }
    }

    @Test
    void an_md5_may_come_in_capitals_and_the_file_right_behind_it() throws Exception {
        program("3<SEP>900150983CD24FB0D6963F7D28E17F72abc", "");
        assertThat(read(Long.MAX_VALUE)).isEqualTo("abc");
    }

    @Test
    void an_offer_may_come_in_pieces() throws Exception {
        threads.submit(() -> {
            try (Socket client = listener.accept()) {
                for (char one : ("3<SEP>" + MD5_OF_ABC).toCharArray()) {
                    client.getOutputStream().write(one);
                }
                client.getOutputStream().write("abc".getBytes(UTF_8));
                return client.getInputStream().readAllBytes();
            }
        });
        assertThat(read(3)).isEqualTo("abc");
    }

    @Test
    void another_md5_than_was_announced_is_an_error_that_names_both() {
        program("3<SEP>" + MD5_OF_ABC, "abd");
        assertThatIOException().isThrownBy(() -> read(3)).withMessageContaining(MD5_OF_ABC)
                .withMessageContaining("MD5 4911e516e5aa21d327512e0c8b197616");
    }

    @Test
    void a_peer_without_the_file_is_told_that_we_heard_it() throws Exception {
        Future<String> heard = program("ERROR", "");
        try (Connection connection = connect(LONG)) {
            assertThat(connection.ask(NAME)).isEmpty();
        }
        assertThat(heard.get()).isEqualTo("é b.txt|Error received");
    }

    @Test
    void a_file_that_ends_too_early_is_an_error() {
        program("4<SEP>" + MD5_OF_ABC, "abc");
        assertThatIOException().isThrownBy(() -> read(4)).withMessageContaining("1 bytes before the file's end");
    }

    @Test
    void a_size_that_never_comes_costs_nothing_but_the_wait() {
        program("999999999999999999<SEP>" + MD5_OF_ABC, "abc");
        assertThatIOException().isThrownBy(() -> read(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request", "-1<SEP>900150983cd24fb0d6963f7d28e17f72", "3<SEP>00",
            "9999999999999999999", "3 900150983cd24fb0d6963f7d28e17f72", "", "3", "ERRO"})
    void whatever_is_no_offer_is_an_error(String answer) {
        program(answer, "");
        assertThatIOException().isThrownBy(() -> read(3));
    }

    @Test
    void one_who_never_answers_costs_no_more_than_the_timeout() {
        threads.submit(() -> listener.accept().getInputStream().readAllBytes());
        assertThatIOException().isThrownBy(() -> connect(SHORT).ask(NAME)).withMessageContaining("in time");
    }

    @Test
    void a_content_without_a_name_is_not_even_asked_for() throws IOException {
        listener.close();
        try (Connection connection = connect(SHORT)) {
            assertThat(connection.ask(ContentReference.byId(ContentId.of("md5", new byte[16])))).isEqualTo(Optional
                    .empty());
        }
    }

    private String read(long length) throws IOException {
        try (Connection connection = connect(LONG)) {
            Offer offer = connection.ask(NAME).orElseThrow();
            return new String(Transfers.read(offer, 0, length), UTF_8);
        }
    }

    private Connection connect(Duration timeout) {
        return new SessionTransport().connect(new Endpoint("session", "127.0.0.1", listener.getLocalPort()), Map.of(),
                timeout);
    }

    /** Plays the seed's program for one client: each read is a message. Returns what it heard. */
    private Future<String> program(String answer, String file) {
        return threads.submit(() -> {
            try (Socket client = listener.accept()) {
                String name = message(client);
                client.getOutputStream().write(answer.getBytes(UTF_8));
                String words = answer.length() < 37 && !answer.equals("ERROR") ? "" : message(client);
                client.getOutputStream().write(file.getBytes(UTF_8));
                return name + "|" + words;
            }
        });
    }

    private static String message(Socket client) throws IOException {
        byte[] buffer = new byte[1024];
        int length = client.getInputStream().read(buffer);
        return new String(buffer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
}
