package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The index understands programs of seed 003, and they understand it. */
class CodecTest {

    private static final Reply.ActivePeer PESHO = new Reply.ActivePeer("Pesho123", new Address("127.0.0.1", 1234));
    private static final Reply.ActivePeer GOSHO = new Reply.ActivePeer("Гошо321", new Address("127.0.0.1", 2314));

    @Test
    void theFirstLineIsAUserAndAPort() throws MalformedMessageException {
        assertThat(RequestCodec.user("Pesho123 1234")).isEqualTo(new User("Pesho123", 1234));
        assertThat(RequestCodec.user("Гошо321 65535")).isEqualTo(new User("Гошо321", 65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pesho123", "Pesho123 1234 x", "Pesho123 0", "Pesho123 70000", "Pesho123 x",
            "Pe\u0000sho 1234", "0123456789012345678901234567890123456789012345678901234567890123x 1234"})
    void anyOtherFirstLineIsMalformed(String line) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, () -> RequestCodec.user(line))).isNotNull();
    }

    @Test
    void filesAreSeparatedBySpacesCommasOrBoth() throws MalformedMessageException {
        var expected = new Request.Register("Pesho123", List.of("/a", "/b/c", "/d"));
        assertThat(RequestCodec.decode("register Pesho123 /a /b/c /d")).isEqualTo(expected);
        assertThat(RequestCodec.decode("register Pesho123 /a,/b/c,/d")).isEqualTo(expected);
        assertThat(RequestCodec.decode("register Pesho123 /a, /b/c , /d,")).isEqualTo(expected);
        assertThat(RequestCodec.decode("unregister Pesho123 C:\\a.txt"))
                .isEqualTo(new Request.Unregister("Pesho123", List.of("C:\\a.txt")));
    }

    @Test
    void theOtherRequestsStandAlone() throws MalformedMessageException {
        assertThat(RequestCodec.decode("list-files")).isEqualTo(new Request.ListFiles());
        assertThat(RequestCodec.decode("sendActivePeers")).isEqualTo(new Request.SendActivePeers());
        assertThat(RequestCodec.decode("close ")).isEqualTo(new Request.Close());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''                    | no such command",
            "download a b          | no such command",
            "sendactivepeers       | no such command",
            "list-files x          | list-files stands alone",
            "close x               | close stands alone",
            "sendActivePeers x     | sendActivePeers stands alone",
            "register              | register takes a user and files",
            "unregister            | unregister takes a user and files",
            "register Pesho123     | at least one file",
            "unregister Pesho123 , | at least one file"})
    void anythingElseIsMalformed(String line, String reason) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, () -> RequestCodec.decode(line)))
                .hasMessageContaining(reason);
    }

    @Test
    void pathsThatAreTooLongOrUnprintableAreMalformed() {
        for (String path : List.of("x".repeat(1025), "a\u0000b", "a\tb", "a\u001Bb")) {
            assertThat(catchThrowableOfType(MalformedMessageException.class,
                    () -> RequestCodec.decode("register Pesho123 /ok " + path))).isNotNull();
        }
    }

    @Test
    void repliesAreTheSeedsLinesAndAnEmptyOne() {
        assertThat(ReplyCodec.encode(new Reply.Files(List.of(new Reply.SharedFile("Pesho123", "/home/pesho/a.txt"),
                new Reply.SharedFile("Гошо321", "/b"))))).isEqualTo("Pesho123 : /home/pesho/a.txt\nГошо321 : /b\n\n");
        assertThat(ReplyCodec.encode(new Reply.ActivePeers(List.of(PESHO, GOSHO))))
                .isEqualTo("Pesho123 - 127.0.0.1:1234\nГошо321 - 127.0.0.1:2314\n\n");
        assertThat(ReplyCodec.encode(new Reply.Files(List.of()))).isEqualTo("\n");
        assertThat(ReplyCodec.encode(new Reply.ActivePeers(List.of()))).isEqualTo("\n");
    }

    @Test
    void whatTheProtocolCannotCarryCannotBeAReply() {
        assertThatThrownBy(() -> new Reply.SharedFile("Pesho123", "/a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.SharedFile("Pe sho", "/a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.ActivePeer("Pesho123", new Address("::1", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransferStartsWithABarePath() throws MalformedMessageException {
        assertThat(TransferCodec.requestedPath("/home/жук a.txt".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("/home/жук a.txt");
        assertThat(TransferCodec.requestedPath("/a\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("/a");
        for (byte[] bytes : new byte[][]{{}, {'\n'}, {'a', 0}, {(byte) 0xFF}, new byte[1025]}) {
            assertThat(catchThrowableOfType(MalformedMessageException.class, () -> TransferCodec.requestedPath(bytes)))
                    .isNotNull();
        }
    }

    @Test
    void randomWordsAreARequestOrMalformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        String[] pieces = {"register", "unregister", "list-files", "sendActivePeers", "close", " ", " ", " ", ",",
                "Pesho123", "/a", "\0", "é", "\uD800", "-", ":"};
        int requests = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int count = random.nextInt(7); count > 0; count--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                assertThat(RequestCodec.decode(line.toString())).isNotNull();
                requests++;
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(requests).isBetween(1, 99_999);
    }
}
