package dev.swarmdex.server.settings;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.LogSettings;
import dev.swarmdex.store.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerSettingsTest {

    private static final Path SHIPPED = Path.of("../../config/index-server.toml");

    @TempDir
    Path folder;

    private static ServerSettings read(Path file, String... overrides) throws ConfigException {
        return ConfigReader.read(ServerSettings.class, file, List.of(overrides), Map.of()).config();
    }

    private ServerSettings readText(String text) throws Exception {
        return read(Files.writeString(folder.resolve("x.toml"), text));
    }

    @Test
    void the_shipped_file_binds() throws Exception {
        FrontEndSettings frontEnd = new FrontEndSettings(Protocol.NATIVE, new BindAddress("0.0.0.0", 7117),
                Optional.of(Duration.ofMinutes(2)), Map.of("engine", "auto"));
        assertThat(read(SHIPPED)).isEqualTo(
                new ServerSettings(
                        new ServerSettings.Store("jdbc:h2:file:./data/index", Durability.FSYNC, Duration.ofDays(365),
                                "",
                                ""),
                        List.of(frontEnd), new LimitSettings(20_000, 1_000_000, 10_000, 200),
                        new HttpSettings("127.0.0.1:7180", HttpSettings.SqlFor.THIS_MACHINE),
                        new ConsoleSettings(new BindAddress("127.0.0.1", 7182)),
                        new LogSettings(
                                Optional.of(Path.of("logs/index-server.log")), LogSettings.Level.INFO)));
    }

    @Test
    void the_examples_in_the_shipped_file_bind_and_say_the_defaults() throws Exception {
        ServerSettings all = readText(Files.readString(SHIPPED).replaceAll("(?m)^#(?=[^ \n])", ""));
        assertThat(all.frontend()).extracting(FrontEndSettings::protocol).containsExactly(Protocol.values());
        for (FrontEndSettings each : all.frontend()) {
            assertThat(each.leaseLength()).isEqualTo(each.protocol().usualLease());
            each.options().forEach((key, value) -> assertThat(each.protocol().options()).hasEntrySatisfying(key,
                    option -> assertThat(option.usual()).as(key).isEqualTo(value)));
            assertThat(each.options().keySet()).isEqualTo(each.protocol().options().keySet());
        }
    }

    @Test
    void what_the_shipped_file_says_are_the_defaults() throws Exception {
        ServerSettings least = readText("[[frontend]]\nprotocol = \"native\"\nbind = \"0.0.0.0:7117\"\n");
        ServerSettings shipped = read(SHIPPED);
        assertThat(least.store()).isEqualTo(shipped.store());
        assertThat(least.console()).isEqualTo(shipped.console());
        assertThat(least.http()).isEqualTo(shipped.http());
        assertThat(least.limits()).isEqualTo(shipped.limits());
        assertThat(least.frontend().getFirst().leaseLength()).isEqualTo(shipped.frontend().getFirst().leaseLength());
    }

    @Test
    void sql_is_answered_where_only_this_machine_can_ask_unless_the_config_says_otherwise() {
        assertThat(new HttpSettings("127.0.0.1:1", HttpSettings.SqlFor.THIS_MACHINE).answersSql()).isTrue();
        assertThat(new HttpSettings("[::1]:1", HttpSettings.SqlFor.THIS_MACHINE).answersSql()).isTrue();
        assertThat(new HttpSettings("0.0.0.0:1", HttpSettings.SqlFor.THIS_MACHINE).answersSql()).isFalse();
        assertThat(new HttpSettings("0.0.0.0:1", HttpSettings.SqlFor.EVERYBODY).answersSql()).isTrue();
        assertThat(new HttpSettings("127.0.0.1:1", HttpSettings.SqlFor.NOBODY).answersSql()).isFalse();
        assertThat(new HttpSettings("", HttpSettings.SqlFor.THIS_MACHINE).answersSql()).isFalse();
    }

    @Test
    void numbers_of_a_protocol_are_checked() {
        assertThatThrownBy(() -> readText("[[frontend]]\nprotocol = \"tracker\"\nbind = \"h:1\"\nhand-out = 197\n"))
                .hasMessageEndingWith(
                        "x.toml:4: frontend.tracker.hand-out: \"197\" is not a whole number from 1 to 196");
        assertThatThrownBy(
                () -> readText("[[frontend]]\nprotocol = \"tracker\"\nbind = \"h:1\"\nmax-peers = \"many\"\n"))
                .hasMessageEndingWith(
                        "frontend.tracker.max-peers: \"many\" is not a whole number from 1 to 1000000000");
    }

    @Test
    void a_server_without_a_front_end_is_refused() {
        assertThatThrownBy(() -> readText("")).hasMessageEndingWith(
                "x.toml: frontend: there is no [[frontend]] table, so nobody could reach the index");
    }

    @Test
    void a_lease_that_is_not_given_suits_the_protocol() throws Exception {
        ServerSettings settings = readText("[[frontend]]\nprotocol = \"native\"\nbind = \"h:1\"\n");
        assertThat(settings.frontend()).extracting(FrontEndSettings::leaseLength)
                .containsExactly(Duration.ofMinutes(2));
    }

    @Test
    void a_database_that_is_none_of_ours_is_told_with_its_line() {
        assertThatThrownBy(() -> readText("[store]\nurl = \"jdbc:mysql://x\"\n")).hasMessageContaining(
                "x.toml:2: store.url: the store's URL must be jdbc:h2:file:PATH or jdbc:postgresql://HOST/DATABASE");
    }

    @Test
    void impossible_values_are_told_with_their_lines() {
        assertThatThrownBy(() -> readText("""
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:1"
                lease = "0s"
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:1"
                colour = "red"
                [[frontend]]
                protocol = "gopher"
                bind = "0.0.0.0:1"
                [console]
                bind = "0.0.0.0:7182"
                """)).hasMessage(
                """
                        F:4: frontend.native.lease: must be 1s to 49d
                        F:8: frontend.native.colour: unknown key for the protocol native; known here: protocol, bind, lease, engine
                        F:10: frontend.gopher.protocol: "gopher" is not one of "native", "pdu", "fixed", "session", "lines", "tracker"
                        F:13: console.bind: must be 127.0.0.1 and a port, as in 127.0.0.1:7182, not 0.0.0.0:7182"""
                        .replace("F:", folder.resolve("x.toml") + ":"));
    }

    @Test
    void an_option_has_one_of_its_values() {
        assertThatThrownBy(() -> readText("""
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:1"
                engine = "warp"
                """)).hasMessageEndingWith(
                "x.toml:4: frontend.native.engine: \"warp\" is not one of auto, portable, batch");
    }

    @Test
    void nothing_is_served_over_http_where_the_address_is_empty() throws Exception {
        assertThat(read(SHIPPED, "http.bind=").http().address()).isEmpty();
        assertThatThrownBy(() -> read(SHIPPED, "http.bind=7180")).hasMessageContaining(
                "--set: http.bind: \"7180\" is not an address such as \"127.0.0.1:7180\", or \"\" for none");
    }

    @Test
    void a_limit_is_zero_or_more() {
        assertThatThrownBy(() -> read(SHIPPED, "limits.requests-per-second=1000001"))
                .hasMessageContaining("limits.requests-per-second: must be 1 to 1000000, or 0 for any number");
        assertThatThrownBy(() -> read(SHIPPED, "limits.connections-per-address=-1"))
                .hasMessageContaining("limits.connections-per-address: must be 1 or more, or 0 for any number");
        assertThatThrownBy(() -> read(SHIPPED, "limits.peers-per-address=-1"))
                .hasMessageContaining("limits.peers-per-address: must be 1 or more, or 0 for any number");
    }

    @Test
    void a_protocol_is_served_once() {
        assertThatThrownBy(() -> readText("""
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:1"
                [[frontend]]
                protocol = "native"
                bind = "0.0.0.0:2"
                """)).hasMessageEndingWith(
                "x.toml:1: frontend: has two tables for one protocol; to listen on IPv4 and IPv6 bind one to [::]");
    }
}
