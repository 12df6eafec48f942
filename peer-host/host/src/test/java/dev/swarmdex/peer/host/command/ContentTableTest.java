package dev.swarmdex.peer.host.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ContentTableTest {

    private static final String ID = "sha256-tree:" + "ab".repeat(32);

    @Test
    void ids_are_whole_where_a_program_may_read_them() throws Exception {
        assertThat(list(false)).contains("  " + ID + "  alice");
    }

    @Test
    void ids_are_cut_off_on_a_terminal() throws Exception {
        assertThat(list(true)).contains("  sha256-tree:ababababababab…  alice");
    }

    private static String list(boolean terminal) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String contents = "[{\"name\":\"a.bin\",\"size\":7,\"id\":\"" + ID + "\",\"peers\":[{\"peer\":\"alice\"}]}]";
        CommandLine.run(new String[]{"list"}, new Output(stream, stream, terminal),
                (_, _, _) -> JsonMapper.shared().readTree(contents));
        return printed.toString(StandardCharsets.UTF_8);
    }
}
