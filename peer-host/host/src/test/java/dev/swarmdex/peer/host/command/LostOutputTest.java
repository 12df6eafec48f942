package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.control.Operations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A command whose results could not be written has failed, and says so. */
@Timeout(60)
class LostOutputTest {

    private static final Operations HOST = (_, _, _) -> JsonMapper.shared()
            .readTree("[{\"name\":\"film.mkv\",\"size\":1,\"id\":\"sha256-tree:00\",\"peers\":[]}]");

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json", "list --help", "status --watch"})
    void the_disk_is_full(String words) throws Exception {
        assertThat(run(words, new PrintStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        }))).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).hasLineCount(1)
                .startsWith("swarmdex: not all of the output could be written");
    }

    @Test
    void there_is_room() throws Exception {
        assertThat(run("list", new PrintStream(OutputStream.nullOutputStream()))).isZero();
        assertThat(errors.toByteArray()).isEmpty();
    }

    private int run(String words, PrintStream results) throws InterruptedException {
        return CommandLine.run(words.split(" "), new Output(results, new PrintStream(errors), false), HOST);
    }
}
