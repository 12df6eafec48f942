package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The index understands programs of seed 002, and they understand it. */
class CodecTest {

    @Test
    void requestsAreTheSeedsWords() throws MalformedMessageException {
        assertThat(RequestCodec.decode("register 5000")).isEqualTo(new Request.Register(5000));
        assertThat(RequestCodec.decode("unregister")).isEqualTo(new Request.Unregister());
        assertThat(RequestCodec.decode("get_files_list")).isEqualTo(new Request.ListFiles());
        assertThat(RequestCodec.decode("delete été.txt")).isEqualTo(new Request.Delete("été.txt"));
        assertThat(RequestCodec.decode("update")).isEqualTo(new Request.Update());
        assertThat(RequestCodec.decode("download a.txt ")).isEqualTo(new Request.Download("a.txt"));
    }

    @Test
    void namesAreSeparatedBySpaces() throws MalformedMessageException {
        assertThat(RequestCodec.names("a.txt b.txt  c.txt ")).containsExactly("a.txt", "b.txt", "c.txt");
        assertThat(RequestCodec.names("")).isEmpty();
        assertThat(RequestCodec.names(" ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''                | no such command",
            "'  '              | no such command",
            "Register 5000     | no such command",
            "REGISTER          | no such command",
            "register          | register takes one word",
            "register 5000 x   | register takes one word",
            "register x        | not a number",
            "register 0        | port is 0",
            "register 70000    | port is 70000",
            "unregister x      | unregister stands alone",
            "get_files_list x  | get_files_list stands alone",
            "update x          | update stands alone",
            "delete            | delete takes one word",
            "download          | download takes one word",
            "download a b      | download takes one word"})
    void anythingElseIsMalformed(String message, String reason) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, () -> RequestCodec.decode(message)))
                .hasMessageContaining(reason);
    }

    @Test
    void namesThatAreTooLongOrUnprintableAreMalformed() {
        for (String name : List.of("x".repeat(513), "a\u0000b", "a\tb", "a\u001Bb")) {
            assertThat(catchThrowableOfType(MalformedMessageException.class, () -> RequestCodec.names("ok " + name)))
                    .isNotNull();
            assertThat(catchThrowableOfType(MalformedMessageException.class,
                    () -> RequestCodec.decode("delete " + name))).isNotNull();
        }
    }

    @Test
    void repliesAreTheSeedsTexts() {
        assertThat(ReplyCodec.encode(new Reply.SendFiles())).isEqualTo("SEND FILES");
        assertThat(ReplyCodec.encode(new Reply.Files(List.of("a.txt", "b.txt"))))
                .isEqualTo("\nFiles hosted: \n \na.txt\nb.txt\n");
        assertThat(ReplyCodec.encode(new Reply.Files(List.of()))).isEqualTo("\nFiles hosted: \n \n");
        assertThat(ReplyCodec.encode(new Reply.Nodes(List.of(new Reply.Node(new Address("192.0.2.7", 54_321), 5000),
                new Reply.Node(new Address("192.0.2.8", 54_322), 5001)))))
                .isEqualTo("[\"('192.0.2.7', 54321)\", '5000'] [\"('192.0.2.8', 54322)\", '5001']");
        assertThat(ReplyCodec.encode(new Reply.Nodes(List.of()))).isEqualTo("No Registered Nodes host that file");
    }

    @Test
    void aNameWithASpaceCannotBeListed() {
        assertThatThrownBy(() -> new Reply.Files(List.of("a b"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't contain a space");
    }

    @Test
    void randomWordsAreARequestOrMalformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        String[] pieces = {"register", "unregister", "get_files_list", "delete", "update", "download", " ", " ", "5000",
                "a.txt", "\n", "\0", "é", "\uD800", "-1"};
        int requests = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder message = new StringBuilder();
            for (int count = random.nextInt(5); count > 0; count--) {
                message.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                assertThat(RequestCodec.decode(message.toString())).isNotNull();
                requests++;
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(requests).isBetween(1, 99_999);
    }
}
