package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the database is reached, with a server or without one, and that the server does not notice. */
class ConsoleAccessTest extends ConsoleCase {

    private final CompletableFuture<Void> hold = new CompletableFuture<>();

    @Test
    void it_reads_the_file_when_no_server_runs() {
        open().close();

        assertTheFileIsRead();
    }

    @Test
    void it_reads_the_file_of_a_killed_server() throws IOException {
        Path copy = folder.resolve("killed.mv.db");
        try (var store = open()) {
            assertThat(store).isNotNull();
            Files.copy(folder.resolve("index.mv.db"), copy);
        }
        Files.move(copy, folder.resolve("index.mv.db"), StandardCopyOption.REPLACE_EXISTING);

        assertTheFileIsRead();
    }

    @Test
    void while_it_reads_a_server_can_start_and_stop() {
        open().close();
        try (var console = SqlConsole.open(settings())) {
            try (var store = open()) {
                register(store, "two");
            }
            assertThat(all(console, "select 1")).containsExactly(row(1));
        }
        try (var console = SqlConsole.open(settings())) {
            assertThat(all(console, "select count(*) from current_mappings")).containsExactly(row(2L));
        }
    }

    /** What a user who may only select can do to an H2 server by a connection to it. */
    @ParameterizedTest
    @ValueSource(strings = {
            "select * from current_mappings for update",
            "select * from mapping_history where content = 'one' for update wait 100",
            "select x, count(*) from system_range(1, 300000) group by x",
            "select sum(a.x * b.x) from system_range(1, 1000) a, system_range(1, 1000) b"})
    void nothing_that_it_asks_holds_up_a_registration(String sql) throws Exception {
        try (var store = open(); var console = SqlConsole.open(settings())) {
            var asked = new CountDownLatch(1);
            var answer = CompletableFuture.runAsync(() -> {
                try (var rows = console.query(sql)) {
                    rows.next();
                    asked.countDown();
                    hold.join(); // the rows, and what locks they may have
                }
            });
            if (!sql.contains("system_range")) {
                assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            }
            for (int i = 0; i < 20; i++) {
                String name = "file" + i;
                CompletableFuture.runAsync(() -> register(store, name)).get(20, TimeUnit.SECONDS);
            }
            hold.complete(null);
            answer.get(30, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"set query_timeout 0", "set password 'x'", "alter user console set password 'x'",
            "create local temporary table t as select x from system_range(1, 10)", "set lock_timeout 1", "shutdown",
            "checkpoint sync"})
    void what_is_no_query_is_refused(String sql) {
        try (var store = open(); var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
            assertThatThrownBy(() -> all(console, sql)).hasMessageContaining("this console only reads");
        }
    }

    @Test
    void it_leaves_nothing_behind() throws IOException {
        try (var store = open(); var console = SqlConsole.open(settings())) {
            register(store, "two");
            assertThat(all(console, "select count(*) from mapping_history")).hasSize(1);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("index.mv.db"));
        }
    }

    @Test
    void without_a_database_it_says_what_to_do() {
        assertThatThrownBy(() -> SqlConsole.open(settings())).isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no index database").hasMessageContaining("start the index server");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_web_console_is_connected_to_the_live_database() throws IOException, InterruptedException {
        try (var store = open();
                var web = WebConsole.open(settings(), 0);
                var http = HttpClient.newHttpClient()) {
            assertThat(store).isNotNull();
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

    private void assertTheFileIsRead() {
        try (var console = SqlConsole.open(settings())) {
            assertThat(console.live()).isFalse();
            assertThat(all(console, "select content from current_mappings")).containsExactly(row("one"));
        }
    }
}
