package dev.swarmdex.server.sql;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.server.Program;
import dev.swarmdex.server.RunningServer;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.console.SqlConsole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SqlCommandTest {

    @TempDir
    static Path folder;
    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void serve() throws Exception {
        server = new RunningServer(folder);
        try (NativeClient alice = new NativeClient(server.address())) {
            alice.share("alice", new Content("film, \"the\" one.mkv", Optional.empty(), 5),
                    new Content("日本.txt", Optional.empty(), 12345));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Program sql(String... arguments) throws Exception {
        return sqlWithInput("", 0, arguments);
    }

    private static Program sqlWithInput(String input, int expected, String... arguments) throws Exception {
        Program program = new Program(input, Map.of());
        String[] all = new String[arguments.length + 3];
        all[0] = "sql";
        all[1] = "-c";
        all[2] = RunningServer.config(folder).toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        assertThat(program.run(all)).as(() -> program.errors().toString()).isEqualTo(expected);
        return program;
    }

    @Test
    void a_table_is_aligned_even_with_wide_letters() throws Exception {
        assertThat(sql("select content, size, content_id from current_mappings order by size").out()).isEqualTo("""
                 content             | size  | content_id
                ---------------------+-------+------------
                 film, "the" one.mkv |     5 |
                 日本.txt            | 12345 |
                (2 rows)
                """);
    }

    @Test
    void csv_quotes_what_needs_it() throws Exception {
        assertThat(sql("--csv", "select content, size, content_id from current_mappings order by size").out())
                .isEqualTo("""
                        content,size,content_id
                        "film, ""the"" one.mkv",5,
                        日本.txt,12345,
                        """);
    }

    @Test
    void json_is_an_array_of_row_objects_with_moments_in_iso_8601() throws Exception {
        Program program = sql("--json", "SELECT content, size, content_id, since, peer, host, port, via,"
                + " size > 5 as BIG FROM current_mappings ORDER BY size");
        JsonNode rows = JsonMapper.shared().readTree(program.out());
        assertThat(rows.size()).isEqualTo(2);
        JsonNode row = rows.get(0);
        assertThat(row.get("content").asString()).isEqualTo("film, \"the\" one.mkv");
        assertThat(row.get("size").asLong()).isEqualTo(5);
        assertThat(row.get("content_id").isNull()).isTrue();
        assertThat(row.get("big").isBoolean()).isTrue();
        assertThat(row.get("via").asString()).isEqualTo("native");
        assertThat(Instant.parse(row.get("since").asString())).isBetween(Instant.now().minusSeconds(300),
                Instant.now());
    }

    @Test
    void json_without_rows_is_an_empty_array_and_double_names_are_told_apart() throws Exception {
        assertThat(sql("--json", "select 1 as x where false").out()).isEqualTo("[]\n");
        assertThat(sql("--json", "select 1 as x, 2 as x, 1.50 as y, 1e20 as z").out())
                .isEqualTo("[{\"x\":1,\"x_2\":2,\"y\":1.50,\"z\":100000000000000000000}]\n");
    }

    @Test
    void a_single_row_is_counted_as_one_and_an_empty_result_has_its_columns() throws Exception {
        assertThat(sql("select 1 as one").out()).isEqualTo(" one\n-----\n   1\n(1 row)\n");
        assertThat(sql("select 1 as one where false").out()).isEqualTo(" one\n-----\n(0 rows)\n");
    }

    @Test
    void rows_beyond_the_measured_ones_are_printed_too() throws Exception {
        assertThat(sql("select x from system_range(1, 2500)").out().lines()).hasSize(2503).contains(" 2500",
                "(2500 rows)");
        assertThat(sql("--csv", "select x from system_range(1, 2500)").out().lines()).hasSize(2501).endsWith("2500");
    }

    @Test
    void queries_from_the_input_run_until_one_fails() throws Exception {
        assertThat(sqlWithInput("select 1 as a; select 2 as b\n;select 3 as c", 0, "--csv").out())
                .isEqualTo("a\n1\nb\n2\nc\n3\n");
        Program failed = sqlWithInput("select 1 as a; select nothing from nowhere; select 3 as c;", 1, "--csv");
        assertThat(failed.out()).isEqualTo("a\n1\n");
        assertThat(failed.errors()).singleElement().asString().startsWith("swarmdex index: ").contains("NOWHERE");
    }

    @Test
    void a_script_may_have_comments_and_semicolons_without_a_query() throws Exception {
        assertThat(sqlWithInput("-- who is here\nselect 1 as a;\n;;select $$b;c$$ as b;\n-- end\n", 0, "--csv").out())
                .isEqualTo("a\n1\nb\nb;c\n");
    }

    @Test
    void an_argument_may_hold_several_queries() throws Exception {
        assertThat(sql("--csv", "select 1 as a; -- and then\nselect 2 as b;").out()).isEqualTo("a\n1\nb\n2\n");
        assertThat(sqlWithInput("", 1, "--csv", "select 1 as a; selct 2").out()).isEqualTo("a\n1\n");
        assertThat(sqlWithInput("", 1, "-- nothing").errors()).singleElement().asString()
                .contains("there is no query in the argument: start with SELECT");
    }

    @Test
    void what_writes_or_is_wrong_is_refused_in_one_line() throws Exception {
        for (String wrong : new String[]{"delete from mapping", "select * from mapping", "selct 1", "select (", ""}) {
            Program program = sqlWithInput("", 1, wrong);
            assertThat(program.errors()).as(wrong).singleElement().asString().startsWith("swarmdex index: ");
            assertThat(program.out()).isEmpty();
        }
    }

    @Test
    void two_formats_or_two_queries_are_a_usage_error() throws Exception {
        assertThat(sqlWithInput("", 2, "--csv", "--json", "select 1").errors()).singleElement().asString()
                .contains("--csv and --json exclude each other");
        assertThat(sqlWithInput("", 2, "select", "1").errors()).singleElement().asString()
                .contains("the query must be one argument: put it in quotes");
    }

    @Test
    void a_database_that_is_not_there_is_told_with_the_cure() throws Exception {
        assertThat(
                sqlWithInput("", 1, "--set", "store.url=jdbc:h2:file:" + folder.resolve("none"), "select 1").errors())
                .singleElement().asString().contains("there is no index database ", ": start the index server first");
        assertThat(folder.resolve("none.mv.db")).doesNotExist();
    }

    @Test
    void the_closed_file_is_read_when_no_server_runs(@TempDir Path other) throws Exception {
        RunningServer stopped = new RunningServer(other);
        try (stopped; NativeClient bob = new NativeClient(stopped.address())) {
            bob.share("bob", new Content("song.ogg", Optional.empty(), 7));
        }
        Program program = new Program();
        assertThat(program.run("sql", "-c", RunningServer.config(other).toString(), "--csv",
                "select content, peer from current_mappings")).isZero();
        assertThat(program.out()).isEqualTo("content,peer\nsong.ogg,bob\n");
    }

    @Test
    void the_prompt_takes_statements_over_lines_and_goes_on_after_an_error() throws Exception {
        Path history = folder.resolve("history");
        String shown = prompt(history, """
                \\?
                select content
                from content_summary
                order by size;
                select x from y;
                \\d
                \\x
                select 'last' as word;
                \\q
                select 'never' as word;
                """);
        assertThat(shown).contains("\\d  the views and their columns", "film, \"the\" one.mkv", "(2 rows)", "last",
                "current_mappings(content, content_id, size, peer, scheme, host, port, since, via)",
                "peer_sessions(peer, host, since, until, ended_by, mappings)", "\\x is unknown", "\"Y\" not found")
                .doesNotContain("never\n");
        assertThat(Files.readString(history)).contains("select x from y;");
    }

    @Test
    void the_end_of_the_input_leaves_the_prompt() throws Exception {
        assertThat(prompt(folder.resolve("history2"), "select 1 as one;\n")).contains("(1 row)");
    }

    private static String prompt(Path history, String typed) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        String url = "jdbc:h2:file:" + folder.resolve("index");
        var store = StoreSettings.of(url, Durability.PROCESS);
        try (SqlConsole console = SqlConsole.open(store);
                Terminal terminal = new DumbTerminal("test", "dumb",
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out,
                        StandardCharsets.UTF_8)) {
            new SqlPrompt(terminal, new SqlSession(console, new TableFormat(), out), history).run();
        }
        return shown.toString(StandardCharsets.UTF_8);
    }
}
