package dev.swarmdex.server.console;

import dev.swarmdex.server.Program;
import dev.swarmdex.server.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConsoleCommandTest {

    private static final Pattern URL = Pattern.compile("http://\\S+");

    @TempDir
    Path folder;

    @Test
    void the_console_prints_where_it_is_and_serves_the_live_index_until_it_is_stopped() throws Exception {
        try (RunningServer server = new RunningServer(folder)) {
            assertThat(server.address().getPort()).isPositive();
            Program program = new Program();
            String config = RunningServer.config(folder).toString();
            CompletableFuture<Integer> exit = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> exit.complete(program.run("console", "-c", config)));
            await().until(() -> exit.isDone() || program.out().contains("\n"));
            assertThat(exit).as(() -> program.errors().toString()).isNotDone();
            Matcher url = URL.matcher(program.out());
            assertThat(url.find()).isTrue();
            assertThat(get(url.group())).contains("H2 Console");
            thread.interrupt();
            assertThat(exit).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0);
        }
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void without_a_server_it_says_how_to_start_one() throws Exception {
        new RunningServer(folder).close();
        Program program = new Program();
        assertThat(program.run("console", "-c", RunningServer.config(folder).toString())).isEqualTo(1);
        assertThat(program.errors()).singleElement().asString().contains("no index server runs on jdbc:h2:file:",
                ": start it with swarmdex index run, or read its file with swarmdex index sql");
        new RunningServer(folder).close();
    }

    @Test
    void it_refuses_to_be_reached_from_elsewhere() throws Exception {
        Program program = new Program();
        assertThat(program.run("console", "-c", RunningServer.config(folder).toString(), "--set",
                "console.bind=0.0.0.0:7182")).isEqualTo(2);
        assertThat(program.errors()).containsExactly(
                "swarmdex index: --set: console.bind: must be 127.0.0.1 and a port, as in 127.0.0.1:7182, not 0.0.0.0:7182");
    }
}
