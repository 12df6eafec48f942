package dev.swarmdex.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigReaderTest {

    enum Mode {
        OPEN, VERY_STRICT
    }

    record Store(String url, @Default("true") boolean compact, Optional<String> user) {}

    record FrontEnd(String protocol, BindAddress bind, @Default("120s") Duration lease,
            @Remaining Map<String, String> options) {
        FrontEnd {
            if (lease.isZero()) {
                throw new IllegalArgumentException("lease: must be longer than nothing");
            }
        }
    }

    record Limits(@Default("1") int low, @Default("9") int high, @Default("unlimited") DataRate upload) {
        Limits {
            if (low > high) {
                throw new IllegalArgumentException("low must not be above high");
            }
        }
    }

    record Settings(String name, @Default("./state") Path stateDir, @Default("./shared") List<Path> share,
            @Default("[]") List<URI> index, @Default("open") Mode mode, @Default("10000000000") long big, Store store,
            @Default("[]") List<FrontEnd> frontend, Limits limits, Optional<Path> hostsFile) {}

    private static final String LEAST = """
            name = "alice"
            [store]
            url = "jdbc:x"
            """;

    @TempDir
    Path folder;
    Path file = Path.of("");

    @BeforeEach
    void place() {
        file = folder.resolve("some.toml");
    }

    private Settings read(String toml, String... overrides) throws IOException, ConfigException {
        Files.writeString(file, toml);
        return ConfigReader.read(Settings.class, file, List.of(overrides), Map.of()).config();
    }

    private Loaded<Settings> readWith(Map<String, String> environment, String toml, String... overrides)
            throws IOException, ConfigException {
        Files.writeString(file, toml);
        return ConfigReader.read(Settings.class, file, List.of(overrides), environment);
    }

    private List<String> problems(String toml, String... overrides) {
        try {
            read(toml, overrides);
            return List.of();
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage()).replace(file.toString(), "some.toml").lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_missing_takes_its_default() throws Exception {
        assertThat(read(LEAST)).isEqualTo(new Settings("alice", Path.of("./state"), List.of(Path.of("./shared")),
                List.of(), Mode.OPEN, 10_000_000_000L, new Store("jdbc:x", true, Optional.empty()), List.of(),
                new Limits(1, 9, DataRate.UNLIMITED), Optional.empty()));
    }

    @Test
    void every_type_of_value_is_read() throws Exception {
        Settings settings = read("""
                name = "bob"
                state-dir = "/var/lib/x"
                share = ["a", "b c"]
                index = ["udp://127.0.0.1:7117", "udp://[::1]:7117"]
                mode = "very-strict"
                big = -5
                hosts-file = "hosts.txt"
                [store]
                url = "jdbc:y"
                compact = false
                user = "me"
                [limits]
                low = 2
                upload = "20MB/s"
                [[frontend]]
                protocol = "pdu"
                bind = "[::]:0"
                lease = "24h"
                field-order = "name-port-addr"
                retries = 3
                """);
        assertThat(settings).isEqualTo(new Settings("bob", Path.of("/var/lib/x"), List.of(Path.of("a"), Path.of("b c")),
                List.of(URI.create("udp://127.0.0.1:7117"), URI.create("udp://[::1]:7117")), Mode.VERY_STRICT, -5,
                new Store("jdbc:y", false, Optional.of("me")),
                List.of(new FrontEnd("pdu", new BindAddress("::", 0), Duration.ofHours(24),
                        Map.of("field-order", "name-port-addr", "retries", "3"))),
                new Limits(2, 9, new DataRate(20_000_000)), Optional.of(Path.of("hosts.txt"))));
    }

    @Test
    void an_optional_key_with_empty_text_counts_as_missing() throws Exception {
        assertThat(read("hosts-file = \"\"\n" + LEAST).hostsFile()).isEmpty();
    }

    @Test
    void what_is_found_wrong_only_later_is_told_with_file_line_and_key_too() throws Exception {
        Loaded<Settings> loaded = readWith(Map.of(), LEAST + """
                [[frontend]]
                protocol = "pdu"
                bind = "[::]:0"
                lease = "24h"
                retries = 3
                """, "limits.low=3");
        int lines = (int) LEAST.lines().count();

        assertThat(loaded.problem("frontend.pdu.retries", "too many")).hasMessageEndingWith(
                "some.toml:" + (lines + 5) + ": frontend.pdu.retries: too many");
        assertThat(loaded.problem("limits.low", "too low")).hasMessage("--set: limits.low: too low");
        assertThat(loaded.problem("no.such.key", "is missing"))
                .hasMessageEndingWith("some.toml: no.such.key: is missing");
    }

    @Test
    void all_problems_are_told_with_file_line_and_key() {
        assertThat(problems("""
                nam = "alice"
                state-dir = 5
                share = "one"
                mode = "strict"
                big = "many"
                [store]
                compact = "yes"
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:70000"
                lease = "soon"
                [limits]
                low = 99999999999
                upload = "20"
                [limitz]
                """)).containsExactly("some.toml: name: is missing; it must be text in quotes",
                "some.toml:1: nam: unknown key; did you mean \"name\"?",
                "some.toml:2: state-dir: 5 is not a path in quotes",
                "some.toml:3: share: must be a list, as in [\"one\"]",
                "some.toml:4: mode: \"strict\" is not one of \"open\", \"very-strict\"",
                "some.toml:5: big: \"many\" is not a whole number",
                "some.toml:6: store.url: is missing; it must be text in quotes",
                "some.toml:7: store.compact: \"yes\" is not true or false",
                "some.toml:10: frontend.native.bind: \"0.0.0.0:70000\" is not an address such as"
                        + " \"0.0.0.0:7117\" or \"[::]:7117\": the port must be 0 to 65535",
                "some.toml:11: frontend.native.lease: \"soon\" is not a duration such as \"120s\", \"24h\", \"365d\""
                        + " or \"500ms\"",
                "some.toml:13: limits.low: 99999999999 is not a whole number from -2147483648 to 2147483647",
                "some.toml:14: limits.upload: \"20\" is not a rate such as \"20MB/s\", \"100Mbit/s\" or"
                        + " \"unlimited\": its unit must be one of B/s, kB/s, MB/s, GB/s, KiB/s, MiB/s, GiB/s, bit/s,"
                        + " kbit/s, Mbit/s, Gbit/s",
                "some.toml:15: limitz: unknown key; did you mean \"limits\"?");
    }

    @Test
    void an_unknown_key_like_no_other_lists_the_known_ones() {
        assertThat(problems(LEAST + "colour = 1\n"))
                .containsExactly("some.toml:4: store.colour: unknown key; known here: url, compact, user");
    }

    @Test
    void what_a_records_constructor_refuses_is_told_at_its_table() {
        assertThat(problems(LEAST + "[limits]\nlow = 7\nhigh = 6\n"))
                .containsExactly("some.toml:4: limits: low must not be above high");
    }

    @Test
    void what_a_records_constructor_refuses_about_a_key_is_told_at_that_key() {
        assertThat(problems(LEAST + "[[frontend]]\nprotocol = \"x\"\nbind = \"h:1\"\nlease = \"0s\"\n"))
                .containsExactly("some.toml:7: frontend.x.lease: must be longer than nothing");
    }

    @Test
    void the_second_of_two_nameless_tables_is_called_by_its_place() {
        assertThat(problems(LEAST + "[[frontend]]\nprotocol=\"x\"\nbind=\"h:1\"\n[[frontend]]\nbind=\"h:1\"\n"))
                .containsExactly("some.toml:7: frontend[1].protocol: is missing; it must be text in quotes");
    }

    @Test
    void a_table_where_a_value_belongs_and_the_other_way_round_are_refused() {
        assertThat(problems("store = 1\nfrontend = [2]\n[name]\nx = 1\n[limits.low]\n")).containsExactly(
                "some.toml:1: store: must be a table", "some.toml:2: frontend[0]: must be a table",
                "some.toml:3: name: must be text in quotes",
                "some.toml:5: limits.low: must be a whole number from -2147483648 to 2147483647");
    }

    @Test
    void remaining_keys_take_single_values_only() {
        assertThat(problems(LEAST + "[[frontend]]\nprotocol=\"x\"\nbind=\"h:1\"\nports=[1,2]\n"))
                .containsExactly("some.toml:7: frontend.x.ports: must be a single value");
    }

    @Test
    void broken_syntax_is_told_with_its_line() {
        assertThat(problems("name = \"alice\"\nstate-dir = \n")).singleElement().asString()
                .startsWith("some.toml:2: not TOML: ");
    }

    @Test
    void a_missing_file_is_told_with_the_cure() {
        Path missing = folder.resolve("none.toml");
        assertThatThrownBy(() -> ConfigReader.read(Settings.class, missing, List.of(), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessage(missing
                        + " does not exist: name the config file with -c, or start in the folder that holds config/");
    }

    @Test
    void a_folder_and_a_file_that_is_no_text_are_refused_in_one_line() throws Exception {
        assertThatThrownBy(() -> ConfigReader.read(Settings.class, folder, List.of(), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessage(folder + " can't be read: it is a folder");
        Files.write(file, new byte[]{'#', (byte) 0xff});
        assertThatThrownBy(() -> ConfigReader.read(Settings.class, file, List.of(), Map.of()))
                .isInstanceOf(ConfigException.class).hasMessage(file + " is not UTF-8 text: save it as UTF-8");
    }

    @Test
    void overrides_win_over_the_file_and_need_no_quotes() throws Exception {
        Settings settings = read(LEAST, "store.url=jdbc:h2:file:/x;A=B", "store.compact=false", "state-dir=\"/a b\"",
                "name=12", "limits.upload=100Mbit/s");
        assertThat(settings.store()).isEqualTo(new Store("jdbc:h2:file:/x;A=B", false, Optional.empty()));
        assertThat(settings.stateDir()).isEqualTo(Path.of("/a b"));
        assertThat(settings.name()).isEqualTo("12");
        assertThat(settings.limits().upload()).isEqualTo(new DataRate(12_500_000));
    }

    @Test
    void a_list_may_be_given_as_toml_or_with_commas() throws Exception {
        assertThat(read(LEAST, "share=a, b").share()).containsExactly(Path.of("a"), Path.of("b"));
        assertThat(read(LEAST, "share=[\"a,b\"]").share()).containsExactly(Path.of("a,b"));
        assertThat(read(LEAST, "share=").share()).isEmpty();
        assertThat(read(LEAST, "index=udp://h:1").index()).containsExactly(URI.create("udp://h:1"));
    }

    @Test
    void an_element_of_an_array_of_tables_is_found_by_its_first_key() throws Exception {
        Settings settings = read(LEAST + """
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:7117"
                [[frontend]]
                protocol = "pdu"
                bind = "0.0.0.0:8123"
                """, "frontend.pdu.bind=127.0.0.1:0", "frontend.pdu.field-order=name", "frontend.lines.bind=h:4444");
        assertThat(settings.frontend()).extracting(f -> f.protocol() + " " + f.bind() + " " + f.options())
                .containsExactly("native 0.0.0.0:7117 {}", "pdu 127.0.0.1:0 {field-order=name}", "lines h:4444 {}");
    }

    @Test
    void what_is_wrong_with_an_override_is_told_by_its_name() {
        String frontends = "[[frontend]]\nprotocol=\"a\"\nbind=\"h:1\"\n".repeat(2);
        assertThat(problems(LEAST + frontends, "nothing", "store..url=x", "stor.url=x", "limits.low=many", "name.x=1",
                "frontend.a=5", "frontend.a.bind=h:2")).containsExactlyInAnyOrder(
                        "--set: nothing: is not key=value, as in store.url=jdbc:h2:file:./data/index",
                        "--set: store..url=x: is not key=value, as in store.url=jdbc:h2:file:./data/index",
                        "--set: stor: unknown key; did you mean \"store\"?",
                        "--set: limits.low: \"many\" is not a whole number from -2147483648 to 2147483647",
                        "--set: name: must be text in quotes",
                        "--set: frontend.a: is a table; name one of its keys, as in frontend.a.protocol",
                        "--set: frontend.a.bind: means 2 tables with protocol = \"a\"; edit the file");
    }

    @Test
    void the_environment_wins_over_the_file_and_loses_to_overrides() throws Exception {
        Loaded<Settings> loaded = readWith(
                Map.of("SWARMDEX_STORE_URL", "jdbc:env", "SWARMDEX_STATE_DIR", "/env", "SWARMDEX_SHARE", "x,y",
                        "SWARMDEX_FRONTEND_NATIVE_BIND", "h:5", "SWARMDEX_FRONTEND_NATIVE_FIELD_ORDER", "7", "PATH",
                        "p",
                        "SWARMDEX_JAVA", "/j", "SWARMDEX_JVM", "-Xmx1g", "SWARMDEX_HOME", "/h"),
                LEAST + "[[frontend]]\nprotocol = \"native\"\nbind = \"h:1\"\n", "store.url=jdbc:set");
        Settings settings = loaded.config();
        assertThat(settings.store().url()).isEqualTo("jdbc:set");
        assertThat(settings.stateDir()).isEqualTo(Path.of("/env"));
        assertThat(settings.share()).containsExactly(Path.of("x"), Path.of("y"));
        assertThat(settings.frontend()).containsExactly(new FrontEnd("native", new BindAddress("h", 5),
                Duration.ofMinutes(2), Map.of("field-order", "7")));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void an_element_with_a_dash_in_its_name_is_found_from_the_environment() throws Exception {
        Settings settings = readWith(Map.of("SWARMDEX_FRONTEND_BEP_15_BIND", "h:5"),
                LEAST + "[[frontend]]\nprotocol = \"bep-15\"\nbind = \"h:1\"\n").config();
        assertThat(settings.frontend()).extracting(f -> f.bind().port()).containsExactly(5);
    }

    @Test
    void an_unknown_variable_is_a_warning_and_a_wrong_value_an_error() throws Exception {
        assertThat(readWith(Map.of("SWARMDEX_COLOUR", "red"), LEAST).warnings()).containsExactly(
                "the environment variable SWARMDEX_COLOUR is ignored: no config key has that name");
        assertThatThrownBy(() -> readWith(Map.of("SWARMDEX_LIMITS_LOW", "red"), LEAST)).hasMessage(
                "environment SWARMDEX_LIMITS_LOW: limits.low: \"red\" is not a whole number from -2147483648 to"
                        + " 2147483647");
    }
}
