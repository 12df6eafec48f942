package dev.swarmdex.peer.host.command;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

class RehearsalTest {

    @Test
    void the_commands_understand_the_invented_answers_with_the_shipped_config() {
        assertThatCode(() -> Rehearsal.main(new String[]{Path.of("../../config/peer.toml").toString()}))
                .doesNotThrowAnyException();
    }
}
