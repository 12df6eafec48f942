package dev.swarmdex.it;

import dev.swarmdex.peer.host.command.Rehearsal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

/** The launcher makes its cache of this rehearsal, and says nothing when there is none. */
class RehearsalIT {

    @Test
    void the_rehearsed_hosts_and_commands_succeed_with_the_plugins_as_shipped() {
        assertThatCode(() -> Rehearsal.main(new String[]{Program.HOME.resolve("plugins").toString()}))
                .doesNotThrowAnyException();
    }
}
