package dev.swarmdex.server;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    private static final Content FILM = new Content("film.mkv", Optional.empty(), 5);

    @TempDir
    Path folder;
    private final Program program = new Program();

    @Test
    void help_lists_the_commands() {
        assertThat(program.run("--help")).isZero();
        assertThat(program.out()).startsWith("Usage: swarmdex index ").contains("run ", "until Ctrl-C");
        assertThat(program.errors()).isEmpty();
    }

    @Test
    void a_command_whose_output_could_not_be_written_has_failed() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(InputStream.nullInputStream(),
                new PrintStream(new BufferedOutputStream(full)), new PrintStream(errors), Map.of(), false);

        assertThat(new Main(surroundings).execute("sql", "--help")).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).hasLineCount(1)
                .startsWith("swarmdex index: not all of the output could be written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sql", "console"})
    void every_command_has_help(String command) {
        assertThat(program.run(command, "--help")).isZero();
        assertThat(program.out()).startsWith("Usage: swarmdex index " + command).contains("-c, --config", "--set");
    }

    @Test
    void a_missing_or_unknown_command_or_option_is_a_usage_error() {
        assertThat(new Program().run()).isEqualTo(2);
        assertThat(program.run("walk")).isEqualTo(2);
        assertThat(program.run("run", "--fast")).isEqualTo(2);
        assertThat(program.errors()).hasSize(2).allMatch(line -> line.startsWith("swarmdex index: "))
                .allMatch(line -> line.endsWith("; swarmdex index --help shows what there is"));
    }

    @Test
    void a_missing_config_file_is_told_with_the_cure() {
        assertThat(program.run("run", "-c", "none.toml")).isEqualTo(2);
        assertThat(program.errors()).containsExactly("swarmdex index: none.toml does not exist: name the config file"
                + " with -c, or start in the folder that holds config/");
    }

    @Test
    void the_default_config_file_is_named_when_it_is_missing() {
        assertThat(program.run("run")).isEqualTo(2);
        assertThat(program.errors()).singleElement().asString()
                .startsWith("swarmdex index: config/index-server.toml does not exist");
    }

    @Test
    void a_bad_config_is_told_in_full() throws IOException {
        Path file = Files.writeString(folder.resolve("x.toml"), "[stor]\n[console]\nbind = 5\n");
        assertThat(program.run("run", "-c", file.toString())).isEqualTo(2);
        assertThat(program.errors()).hasSize(2).anyMatch(line -> line.contains("did you mean \"store\"?"));
    }

    @Test
    void an_unknown_variable_is_only_a_warning() throws IOException {
        Program warned = new Program("", Map.of("SWARMDEX_COLOUR", "red"));
        assertThat(warned.run("run", "-c", RunningServer.config(folder).toString(), "--set",
                "store.url=jdbc:h2:file:/dev/null/index")).isEqualTo(1);
        assertThat(warned.errors()).hasSize(2).first().isEqualTo(
                "swarmdex index: the environment variable SWARMDEX_COLOUR is ignored: no config key has that name");
    }

    @Test
    void a_port_in_use_is_told_with_the_cure_and_the_database_is_free_again() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            String bind = "127.0.0.1:" + taken.getLocalPort();
            assertThat(program.run("run", "-c", RunningServer.config(folder).toString(), "--set",
                    "frontend.native.bind=" + bind)).isEqualTo(1);
            assertThat(program.errors())
                    .containsExactly("swarmdex index: the native front-end can't listen on " + bind
                            + " (Address already in use): stop what listens there, or choose another address with --set"
                            + " frontend.native.bind=…");
        }
        new RunningServer(folder).close();
    }

    @Test
    void a_database_in_use_is_told_with_the_cure() throws Exception {
        try (RunningServer first = new RunningServer(folder)) {
            assertThat(program.run("run", "-c", RunningServer.config(folder).toString())).isEqualTo(1);
            assertThat(program.errors()).singleElement().asString().contains("the index database ", " is in use by ",
                    ": stop that one, or choose another store.url");
            assertThat(first.address().getPort()).isPositive();
        }
    }

    @Test
    void what_was_registered_is_there_after_a_restart_and_the_log_tells_the_events() throws Exception {
        RunningServer first = new RunningServer(folder);
        try (first; NativeClient client = new NativeClient(first.address())) {
            client.share("alice", FILM);
            client.share("bob", FILM);
            client.ask(Request.Deregister.everything(NativeClient.peer("bob")));
        }
        List<String> log = Files.readAllLines(first.log());
        assertThat(log).anyMatch(line -> line.contains("Swarmdex index server"))
                .anyMatch(line -> line.contains(": 0 peers, which are to confirm"))
                .anyMatch(line -> line.contains("native front-end listens on udp://127.0.0.1:"))
                .anyMatch(line -> line.contains("peer alice joined from 127.0.0.1 with tcp://127.0.0.1:7118 (native)"))
                .anyMatch(line -> line.contains("peer bob left with 1 contents (native, DEREGISTERED)"))
                .anyMatch(line -> line.contains("index server stopped in ")).noneMatch(line -> line.contains("DEBUG"));
        RunningServer second = new RunningServer(folder);
        try (second; NativeClient bob = new NativeClient(second.address())) {
            bob.hello();
            assertThat(bob.search(FILM.name()).listings()).hasSize(1);
            assertThat(Files.readString(second.log())).contains(": 1 peers, which are to confirm");
        }
    }
}
