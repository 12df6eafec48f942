package dev.swarmdex.server;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/** Where the rehearsal fails, the launcher only goes without a cache: so it is here that it would show. */
class RehearsalTest {

    @Test
    void a_rehearsal_with_the_shipped_config_goes_well() {
        assertThatCode(() -> Rehearsal.main(new String[]{Path.of("../../config/index-server.toml").toString()}))
                .doesNotThrowAnyException();
    }
}
