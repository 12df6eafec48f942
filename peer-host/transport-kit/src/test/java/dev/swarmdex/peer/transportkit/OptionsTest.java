package dev.swarmdex.peer.transportkit;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTest {

    private enum Form {
        DOCUMENT, PROGRAM
    }

    @Test
    void an_unknown_option_is_refused_by_name_with_those_that_exist() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("pdu", Map.of("fom", "x"), "form", "speed"))
                .withMessage("transport pdu has no option 'fom', only 'form', 'speed'");
    }

    @Test
    void what_is_not_given_is_the_default() {
        Options none = Options.of("pdu", Map.of(), "form", "speed");
        assertThat(none.number("speed", 1, 9, 5)).isEqualTo(5);
        assertThat(none.choice("form", Form.class, Form.PROGRAM)).isEqualTo(Form.PROGRAM);
    }

    @Test
    void what_is_given_counts() {
        Options given = Options.of("pdu", Map.of("form", "document", "speed", "9"), "form", "speed");
        assertThat(given.number("speed", 1, 9, 5)).isEqualTo(9);
        assertThat(given.choice("form", Form.class, Form.PROGRAM)).isEqualTo(Form.DOCUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "many", "", "1.5", "99999999999"})
    void an_impossible_number_is_refused_with_its_bounds(String text) {
        Options given = Options.of("pdu", Map.of("speed", text), "speed");
        assertThatIllegalArgumentException().isThrownBy(() -> given.number("speed", 1, 9, 5))
                .withMessage("option 'speed' of transport pdu is a number from 1 to 9, not '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Document", "documents", "DOCUMENT"})
    void an_impossible_choice_is_refused_with_those_that_exist(String text) {
        Options given = Options.of("pdu", Map.of("form", text), "form");
        assertThatIllegalArgumentException().isThrownBy(() -> given.choice("form", Form.class, Form.DOCUMENT))
                .withMessage("option 'form' of transport pdu is 'document' or 'program', not '" + text + "'");
    }

    @Test
    void a_server_takes_a_thousand_connections_unless_told_otherwise() {
        assertThat(limits(Map.of()).connections()).isEqualTo(1000);
        assertThat(limits(Map.of("max-connections", "100000")).connections()).isEqualTo(100_000);
        assertThatIllegalArgumentException().isThrownBy(() -> limits(Map.of("max-connections", "100001")));
        assertThatIllegalArgumentException().isThrownBy(() -> limits(Map.of("max-connections", "0")));
    }

    @Test
    void the_shortest_limit_is_what_the_watchdog_looks_after() {
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);
        assertThat(new ServerLimits(1, second, minute, minute).shortest()).isEqualTo(second);
        assertThat(new ServerLimits(1, minute, second, minute).shortest()).isEqualTo(second);
        assertThat(new ServerLimits(1, minute, minute, second).shortest()).isEqualTo(second);
    }

    private static ServerLimits limits(Map<String, String> options) {
        return ServerLimits.of(Options.of("pdu", options, ServerLimits.MAX_CONNECTIONS));
    }
}
