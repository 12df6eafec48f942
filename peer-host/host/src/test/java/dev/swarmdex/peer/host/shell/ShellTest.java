package dev.swarmdex.peer.host.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ShellTest {

    @TempDir
    private Path folder;
    private final List<List<String>> ran = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"O | list", "o | list", "R a.txt | share,a.txt",
            "R a.txt b.txt | share,a.txt,b.txt",
            "D a.txt | get,a.txt", "D a film.mkv | get,a film.mkv", "S big film | search,big,film",
            "T a.txt | unshare,a.txt", "T | unshare,a.txt,b c.txt", "unregister | unshare,a.txt,b c.txt",
            "unregister alice a.txt 'b c.txt' | unshare,a.txt,b c.txt", "register a.txt | share,a.txt",
            "register alice a.txt, b.txt,c.txt | share,a.txt,b.txt,c.txt", "download a.txt | get,a.txt",
            "download bob /x/a.txt | get,/x/a.txt,--from,bob",
            "download bob /x/a.txt /y/b.txt | get,/x/a.txt,--from,bob,-o,/y/b.txt", "delete a.txt | delete,a.txt,--yes",
            "status --json | status,--json", "a film.mkv | get,a film.mkv", "'a  film.mkv' | get,a  film.mkv"})
    void letters_words_and_names_become_commands(String line, String command) throws Exception {
        assertThat(run(line)).isZero();

        assertThat(ran).containsExactly(List.of(command.split(",")));
    }

    @Test
    void what_is_missing_is_asked_for() throws Exception {
        assertThat(run("R", "a.txt", "D", "b.txt", "S", "film", "T", "c.txt", "download", "bob d.txt")).isZero();

        assertThat(ran).containsExactly(List.of("share", "a.txt"), List.of("get", "b.txt"), List.of("search", "film"),
                List.of("unshare", "c.txt"), List.of("get", "d.txt", "--from", "bob"));
    }

    @Test
    void register_alone_shares_the_folders() throws Exception {
        run("register");
        assertThat(ran).containsExactly(List.of("share", folder.toString()));
    }

    @Test
    void a_path_is_deregistered_by_the_name_that_it_has() throws Exception {
        run("unregister alice " + folder.resolve("deep/a.txt"));
        assertThat(ran).containsExactly(List.of("unshare", "a.txt"));
    }

    @Test
    void another_users_files_can_not_be_registered() throws Exception {
        assertThat(run("register bob a.txt")).isEqualTo(1);

        assertThat(ran).isEmpty();
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("this is alice", "bob");
    }

    @Test
    void a_file_may_have_a_name_like_a_user() throws Exception {
        Path file = Files.writeString(folder.resolve("bob"), "");
        run("register " + file + " a.txt");
        assertThat(ran).containsExactly(List.of("share", file.toString(), "a.txt"));
    }

    @Test
    void the_lists_of_the_seeds_look_as_theirs_do() throws Exception {
        run("list-files", "get_files_list");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                alice : a.txt
                bob : a.txt
                bob : evil?[2J
                Files hosted:
                a.txt
                evil?[2J
                """);
    }

    @ParameterizedTest
    @CsvSource({"Q", "q", "quit", "close", "exit"})
    void some_words_leave(String word) throws Exception {
        assertThat(run(word, "O")).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void failures_are_counted_and_do_not_end_it() throws Exception {
        assertThat(run("fails", "", "  ", "download a b c d", "O")).isEqualTo(2);
        assertThat(ran).containsExactly(List.of("get", "fails"), List.of("list"));
    }

    @Test
    void help_tells_all() throws Exception {
        run("help");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("R [PATH…]", "status");
    }

    private int run(String... lines) throws Exception {
        byte[] input = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        Shell shell = new Shell(new Shell.Identity("alice", List.of(folder, folder.resolve("missing"))),
                new Recorded(), (operation, arguments, events) -> answer(operation),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return shell.run(new PlainInput(new ByteArrayInputStream(input)));
    }

    private JsonNode answer(String operation) {
        return JsonMapper.shared().readTree(switch (operation) {
            case "list" -> """
                    [{"name":"a.txt","peers":[{"peer":"alice"},{"peer":"bob"},{"peer":"bob"}]},
                     {"name":"evil\\u001b[2J","peers":[{"peer":"bob"}]}]""";
            case "status" -> """
                    {"shares":[{"name":"a.txt","path":"%s/deep/a.txt"},{"name":"b c.txt","path":"/b c.txt"}]}"""
                    .formatted(folder);
            default -> throw new AssertionError(operation);
        });
    }

    private final class Recorded implements Shell.Commands {

        @Override
        public List<String> names() {
            return List.of("share", "status");
        }

        @Override
        public boolean run(List<String> words) {
            ran.add(words);
            return !words.contains("fails");
        }
    }
}
