package dev.swarmdex.store.console;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The SQL console beside a live server and without one. */
class ConsoleTest {

    @TempDir
    private Path folder;

    @Test
    void it_reads_the_live_database() {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings())) {
            assertThat(access).isNotNull();
            assertThat(console.live()).isTrue();
            assertThat(all(console, "select content, size, PEER, since, until from mapping_history")).containsExactly(
                    row("one", 1000L, "alice", OffsetDateTime.parse("2026-03-01T12:00:00Z"), null));

            register(store, "two");

            assertThat(all(console, "select count(*) from current_mappings")).containsExactly(row(2L));
        }
    }

    @Test
    void it_reads_the_file_when_no_server_runs() {
        open().close();

        try (var console = SqlConsole.open(settings())) {
            assertThat(console.live()).isFalse();
            assertThat(all(console, "select content from current_mappings")).containsExactly(row("one"));
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void it_can_not_write_to_the_live_database(String sql) {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings())) {
            assertThat(access).isNotNull();
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("this console only reads");
            register(store, "two");
            assertThat(all(console, "select content from current_mappings order by content"))
                    .containsExactly(row("one"), row("two"));
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void it_can_not_write_to_the_file(String sql) throws IOException {
        open().close();
        byte[] before = Files.readAllBytes(folder.resolve("index.mv.db"));

        try (var console = SqlConsole.open(settings())) {
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("this console only reads");
        }
        assertThat(folder.resolve("index.mv.db")).hasBinaryContent(before);
    }

    static Stream<String> writes() {
        return Stream.of("delete from mapping", "update content set name = 'x'", "  drop table mapping",
                "insert into peer values (9, 'a', 'b')", "create table mine (x int)", "script to 'dump.sql'",
                "backup to 'dump.zip'", "shutdown", "alter user console set password 'x'", "set lock_timeout 1",
                "select 1; delete from mapping", "values (1); drop view current_mappings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from session_identity", "select digest from public.session_identity",
            "select * from mapping for update", "select file_read('/etc/hostname')",
            "select * from content", "select csvwrite('x.csv', 'select 1')",
            "select * from table(x int = (select number from peer))"})
    void it_sees_only_the_views_of_the_live_database(String sql) {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("this console only reads");
        }
    }

    @Test
    void all_documented_views_can_be_read() {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            for (String view : SqlConsole.VIEWS) {
                assertThat(all(console, "select * from " + view)).hasSizeLessThan(2);
            }
        }
    }

    @Test
    void a_wrong_query_gets_one_plain_line() {
        open().close();
        try (var console = SqlConsole.open(settings())) {
            assertThatThrownBy(() -> all(console, "select *\nfrom nothing")).isInstanceOf(StoreException.class)
                    .message().doesNotContain("\n").contains("NOTHING", "there are: current_mappings");
            assertThatThrownBy(() -> all(console, "select\n* form x")).isInstanceOf(StoreException.class)
                    .message().doesNotContain("\n").contains("Syntax error");
            assertThatThrownBy(() -> all(console, "")).hasMessageContaining("start with SELECT");
        }
    }

    @Test
    void rows_come_one_after_the_other() {
        open().close();
        try (var console = SqlConsole.open(settings());
                var rows = console.query("select x as Number from system_range(1, 2000) order by x")) {
            assertThat(rows.columns()).containsExactly("number");
            for (long i = 1; i <= 2000; i++) {
                assertThat(rows.next()).contains(row(i));
            }
            assertThat(rows.next()).isEmpty();
        }
    }

    @Test
    void a_query_that_is_being_read_does_not_hold_up_a_registration() {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings());
                var rows = console.query("""
                        select h.content from mapping_history h cross join system_range(1, 100000)""")) {
            assertThat(access).isNotNull();
            assertThat(rows.next()).isPresent();
            register(store, "two");
            assertThat(rows.next()).isPresent();
        }
    }

    @Test
    void the_access_file_is_for_its_owner_only_and_goes_with_the_server() throws IOException {
        Path file = folder.resolve("index.console");
        try (var store = open(); var access = ConsoleAccess.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
        assertThat(file).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void the_port_is_open_on_the_loopback_address_only() throws IOException {
        try (var store = open(); var access = ConsoleAccess.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            int port = port(accessFile());
            assertThat(accepts(InetAddress.getLoopbackAddress(), port)).isTrue();
            assertThat(accepts(InetAddress.getByName("127.0.0.2"), port)).isFalse();
            for (var network : NetworkInterface.networkInterfaces().filter(ConsoleTest::isOutside).toList()) {
                network.inetAddresses().forEach(address -> assertThat(accepts(address, port)).isFalse());
            }
        }
    }

    @Test
    void the_port_leads_to_this_database_only_and_with_the_right_secrets_only() {
        try (var store = open(); var access = ConsoleAccess.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            AccessFile right = accessFile();
            String server = right.url().substring(0, right.url().lastIndexOf('/') + 1);
            for (var wrong : List.of(
                    new AccessFile(server + folder.resolve("index"), right.user(), right.password()),
                    new AccessFile(server + folder.resolve("new"), "sa", ""),
                    new AccessFile(server + "mem:x", "sa", ""),
                    new AccessFile(right.url(), "swarmdex", "guess"),
                    new AccessFile(right.url(), right.user(), ""))) {
                assertThatThrownBy(
                        () -> DriverManager.getConnection(wrong.url(), wrong.user(), wrong.password()).close(),
                        wrong.url()).isInstanceOf(SQLException.class);
            }
            assertThat(folder.resolve("new.mv.db")).doesNotExist();
        }
    }

    @Test
    void what_a_killed_server_left_behind_is_seen_through() throws IOException {
        open().close();
        int closed = closedPort();
        new AccessFile("jdbc:h2:tcp://127.0.0.1:" + closed + "/key", "CONSOLE", "x")
                .write(folder.resolve("index.console"));

        assertReadsTheFile();
    }

    @Test
    void another_program_on_the_port_of_a_killed_server_is_seen_through() throws IOException {
        open().close();
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new AccessFile("jdbc:h2:tcp://127.0.0.1:" + mute.getLocalPort() + "/key", "CONSOLE", "x")
                    .write(folder.resolve("index.console"));

            assertReadsTheFile();
        }
    }

    @Test
    void an_access_file_full_of_nonsense_is_seen_through() throws IOException {
        open().close();
        Files.writeString(folder.resolve("index.console"), "url=jdbc:h2:mem:evil;INIT=...\nuser=\npassword=\n");

        assertReadsTheFile();
    }

    @Test
    void a_server_that_starts_again_after_a_kill_makes_the_access_anew() throws IOException {
        open().close();
        new AccessFile("jdbc:h2:tcp://127.0.0.1:" + closedPort() + "/key", "CONSOLE", "x")
                .write(folder.resolve("index.console"));

        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            assertThat(console.live()).isTrue();
        }
    }

    @Test
    void without_a_database_it_says_what_to_do() {
        assertThatThrownBy(() -> SqlConsole.open(settings())).isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no index database").hasMessageContaining("start the index server");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void after_the_server_stopped_a_query_says_so() {
        var store = open();
        var access = ConsoleAccess.open(settings());
        try (var console = SqlConsole.open(settings())) {
            access.close();
            store.close();

            assertThatThrownBy(() -> all(console, "select 1")).hasMessageContaining("the index server has stopped");
        }
    }

    @Test
    void the_web_console_is_connected_to_the_live_database() throws IOException, InterruptedException {
        try (var store = open();
                var access = ConsoleAccess.open(settings());
                var web = WebConsole.open(settings(), 0);
                var http = HttpClient.newHttpClient()) {
            assertThat(store).isNotNull();
            assertThat(access).isNotNull();
            assertThat(web.live()).isTrue();
            assertThat(web.url()).startsWith("http://127.0.0.1:").contains("jsessionid=");
            URI query = URI.create(web.url().replaceFirst("frame\\.jsp", "query.do")
                    + "&sql=select+peer,content+from+current_mappings");

            assertThat(http.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString()).body())
                    .contains("alice", "one");
        }
    }

    @Test
    void a_port_in_use_is_refused_with_the_cure() throws IOException {
        open().close();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> WebConsole.open(settings(), taken.getLocalPort()))
                    .isInstanceOf(StoreException.class).hasMessageContaining("choose another port");
        }
        open().close();
    }

    private void assertReadsTheFile() {
        try (var console = SqlConsole.open(settings())) {
            assertThat(console.live()).isFalse();
            assertThat(all(console, "select content from current_mappings")).containsExactly(row("one"));
        }
    }

    private IndexStore open() {
        IndexStore store = DatabaseStore.open(settings());
        register(store, "one");
        return store;
    }

    private StoreSettings settings() {
        return new StoreSettings(
                "jdbc:h2:file:" + folder.resolve("index"), "", "", Durability.PROCESS, new ManualClock());
    }

    private AccessFile accessFile() {
        return AccessFile.read(folder.resolve("index.console")).orElseThrow();
    }

    private static void register(IndexStore store, String name) {
        long session = store.submit(new Change.Join(new Presence("native", "alice", "alice",
                Identity.ofSecret("secret"), "192.0.2.1", List.of(new Endpoint("tcp", "192.0.2.1", 7118))))).join();
        var content = new Content(name, Optional.of("sha256-tree:" + "ab".repeat(32)), 1000);
        assertThat(store.submit(new Change.Register(session, List.of(content))).join()).hasSize(1);
    }

    private static List<List<@Nullable Object>> all(SqlConsole console, String sql) {
        var all = new ArrayList<List<@Nullable Object>>();
        try (var rows = console.query(sql)) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.get());
            }
        }
        return all;
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static int port(AccessFile access) {
        return URI.create(access.url().substring("jdbc:h2:".length())).getPort();
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOutside(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean accepts(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
