package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.control.Operations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What a command prints whose host has got something. */
class GetCommandTest {

    private static final String WHOLE = """
            {"name": "film.mkv", "id": "sha256-tree:00", "size": 12000000, "path": "/d/film.mkv", "seconds": 2.0,
             "from": {"alice": 12000000}, "unverified": "", "copiedFrom": ""}""";

    @Test
    void the_rate_is_that_of_the_whole_file_where_all_of_it_was_fetched() throws Exception {
        assertThat(printed(WHOLE)).isEqualTo(
                "/d/film.mkv: 12.0 MB in 2.0 s (6.00 MB/s) from alice, verified sha256-tree:00\n");
    }

    @Test
    void what_an_earlier_attempt_left_counts_for_no_rate() throws Exception {
        assertThat(printed(WHOLE.replace("\"alice\": 12000000", "\"alice\": 2000000, \"bob\": 1000000"))).isEqualTo(
                "/d/film.mkv: 12.0 MB, of which 3.00 MB in 2.0 s (1.50 MB/s) from alice, bob,"
                        + " verified sha256-tree:00\n");
    }

    @Test
    void what_keeps_others_from_finding_it_by_its_name_is_told() throws Exception {
        assertThat(
                printed(WHOLE.replace("\"\"}", "\"/s/f\", \"obstacle\": \"/d/film.mkv is offered by its id only\"}")))
                .isEqualTo("""
                        /d/film.mkv: copied from /s/f, verified sha256-tree:00
                        swarmdex: /d/film.mkv is offered by its id only
                        """);
    }

    private static String printed(String result) throws InterruptedException {
        return printed((_, _, _) -> JsonMapper.shared().readTree(result), "get", "film.mkv");
    }

    private static String printed(Operations host, String... words) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        assertThat(CommandLine.run(words, new Output(stream, stream, false), host)).isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
