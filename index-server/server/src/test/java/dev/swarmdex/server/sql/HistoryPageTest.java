package dev.swarmdex.server.sql;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.console.SqlConsole;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The questions of index-store/HISTORY.md have the answers that the page shows. */
class HistoryPageTest {

    private static final Pattern QUESTION = Pattern.compile("```sql\n(.*?)\n```\n\n```\n(.*?)```\n", Pattern.DOTALL);
    private static final Path PAGE = Path.of("..", "..", "index-store", "HISTORY.md");

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-02T08:00:00Z"); // a Monday

    @Test
    void each_query_of_the_page_gives_the_output_that_the_page_shows() throws IOException {
        StoreSettings settings = new StoreSettings("jdbc:h2:file:" + folder.resolve("index"), "", "",
                Durability.PROCESS, () -> now);
        try (IndexStore store = DatabaseStore.open(settings)) {
            tell(store);
        }
        String page = Files.readString(PAGE);
        StringBuilder actual = new StringBuilder(page);
        try (SqlConsole console = SqlConsole.open(settings)) {
            List<MatchResult> questions = QUESTION.matcher(page).results().toList();
            assertThat(questions).hasSize(10);
            for (MatchResult question : questions.reversed()) {
                actual.replace(question.start(2), question.end(2), output(console, question.group(1)));
            }
        }
        if (Boolean.getBoolean("swarmdex.write-pages")) {
            Files.writeString(PAGE, actual.toString());
        }
        assertThat(actual.toString()).isEqualTo(page);
    }

    private static String output(SqlConsole console, String sql) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SqlSession(console, new TableFormat(), new PrintStream(bytes, true, UTF_8)).execute(sql);
        return bytes.toString(UTF_8).replace("\r\n", "\n");
    }

    /** A few days of a small studio. */
    private void tell(IndexStore store) {
        long alice = join(store, "alice", 11);
        register(store, alice, "film.mkv", "poster.png");
        later(Duration.ofHours(2));
        long bob = join(store, "bob", 12);
        report(store, "film.mkv", "bob", "alice", 41_000, 12);
        register(store, bob, "film.mkv");
        later(Duration.ofHours(22)); // Tuesday
        long carol = join(store, "carol", 13);
        report(store, "film.mkv", "carol", "", 41_000, 7);
        register(store, carol, "film.mkv", "score.flac");
        later(Duration.ofHours(3));
        deregister(store, alice, "film.mkv");
        later(Duration.ofHours(4));
        store.submit(new Change.Leave(bob, EndedBy.EXPIRED)).join();
        later(Duration.ofHours(1));
        store.submit(new Change.Leave(carol, EndedBy.DEREGISTERED)).join();
        later(Duration.ofHours(13)); // Wednesday
        register(store, join(store, "bob", 12), "film.mkv");
        report(store, "poster.png", "bob", "alice", 800, 1);
        later(Duration.ofHours(1));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private static long join(IndexStore store, String name, int address) {
        String host = "192.0.2." + address;
        return store.submit(new Change.Join(new Presence("native", name, name, Identity.ofSecret(name), host,
                List.of(new Endpoint("tcp", host, 7118))))).join();
    }

    private static void register(IndexStore store, long session, String... names) {
        for (String name : names) {
            store.submit(new Change.Register(session, List.of(content(name)))).join();
        }
    }

    private static void deregister(IndexStore store, long session, String name) {
        store.submit(new Change.Deregister(session, List.of(new Change.Name(name, Optional.empty())),
                EndedBy.DEREGISTERED)).join();
    }

    private static void report(IndexStore store, String name, String peer, String source, long bytes, int seconds) {
        store.submit(new Change.Report(content(name), peer, source, bytes, Duration.ofSeconds(seconds),
                Change.DownloadResult.FINISHED)).join();
    }

    private static Content content(String name) {
        return new Content(name, Optional.of("sha256-tree:" + "%02x".formatted(name.length()).repeat(32)),
                name.length() * 1000L);
    }
}
