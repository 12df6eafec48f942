package dev.swarmdex.peer.host.shell;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 0x1B, '\r', 0x7F, 0x85, 0x9B, 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xE0001})
    void what_a_terminal_obeys_is_a_question_mark(int character) {
        String text = "a" + Character.toString(character) + "b";
        assertThat(Printable.text(text)).isEqualTo("a?b");
        assertThat(Printable.lines(text)).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain.bin", "é ü \u05D0 \u0627 日本.txt", "\uD83D\uDC69\u200D\uD83D\uDCBB.png",
            "\u0645\u06CC\u200C\u062E"})
    void names_of_people_stay_as_they_are(String name) {
        assertThat(Printable.text(name)).isEqualTo(name);
    }

    @Test
    void ends_of_lines_stay_where_there_may_be_several() {
        assertThat(Printable.lines("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(Printable.text("a\n\tb")).isEqualTo("a??b");
    }
}
