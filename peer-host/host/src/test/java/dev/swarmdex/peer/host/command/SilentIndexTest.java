package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.control.Operations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command says while the host waits for the index. */
class SilentIndexTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** Asks two servers, the first one twice. */
    private static final Operations HOST = (_, _, events) -> {
        for (String server : new String[]{"udp://one:7117", "udp://two:7117", "udp://one:7117"}) {
            events.accept(JSON.createObjectNode().put("unansweredBy", server));
        }
        return JSON.createArrayNode();
    };

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @Test
    void each_server_that_has_not_answered_yet_is_named_once() throws Exception {
        run("peers");
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEqualTo("""
                swarmdex: asking the index server udp://one:7117, which has not answered yet
                swarmdex: asking the index server udp://two:7117, which has not answered yet
                swarmdex: no peer is present
                """);
    }

    @Test
    void programs_that_read_json_are_told_nothing_of_it() throws Exception {
        run("peers", "--json");
        assertThat(results.toString(StandardCharsets.UTF_8).strip()).isEqualTo("[ ]");
        assertThat(messages.toByteArray()).isEmpty();
    }

    private void run(String... words) throws InterruptedException {
        assertThat(CommandLine.run(words, new Output(new PrintStream(results), new PrintStream(messages), false), HOST))
                .isZero();
    }
}
