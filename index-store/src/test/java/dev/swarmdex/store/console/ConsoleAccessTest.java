package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
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
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the database is reached: by a live server or without one, and by nobody else. */
class ConsoleAccessTest extends ConsoleCase {

    @Test
    void it_reads_the_file_when_no_server_runs() {
        open().close();

        try (var console = SqlConsole.open(settings())) {
            assertThat(console.live()).isFalse();
            assertThat(all(console, "select content from current_mappings")).containsExactly(row("one"));
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
            for (var network : NetworkInterface.networkInterfaces().filter(ConsoleAccessTest::isOutside).toList()) {
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

    private AccessFile accessFile() {
        return AccessFile.read(folder.resolve("index.console")).orElseThrow();
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
