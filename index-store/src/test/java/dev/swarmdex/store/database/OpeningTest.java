package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What can be wrong with a database when it is opened: one plain line that names the cure, and an untouched file. */
class OpeningTest {

    @TempDir
    private Path folder;

    @Test
    void folders_are_made() {
        open("new/folders/index").close();

        assertThat(folder.resolve("new/folders/index.mv.db")).exists();
    }

    @Test
    void a_database_in_use_by_another_process_is_refused() throws IOException {
        try (var other = StoreProcess.start(folder.resolve("index"), "PROCESS")) {
            assertRefused(() -> open("index"), "index.mv.db is in use by another process: stop that one");
            assertThat(other.ask("register a 1")).isEqualTo("done");
        }
    }

    @Test
    void a_database_in_use_by_this_process_is_refused() {
        try (var first = open("index")) {
            assertRefused(() -> open("index"), "index.mv.db is in use");
            assertThat(register(first)).isEqualTo(Change.Outcome.DONE);
        }
    }

    @Test
    void a_path_through_a_file_is_refused() throws IOException {
        Files.writeString(folder.resolve("file"), "not a folder");

        assertRefused(() -> open("file/index"), "can't be made: create it, or choose another store.url");
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        assertLeftAlone("hello, this is my diary. ".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_empty_file_is_refused_and_left_alone() throws IOException {
        assertLeftAlone(new byte[0]);
    }

    @Test
    void a_damaged_database_is_refused_and_left_alone() throws IOException {
        try (var store = open("index")) {
            register(store);
        }
        byte[] damaged = Files.readAllBytes(folder.resolve("index.mv.db"));
        Arrays.fill(damaged, 8192, damaged.length, (byte) 7);

        assertLeftAlone(damaged);
    }

    @Test
    void a_database_cut_short_is_refused_and_left_alone() throws IOException {
        try (var store = open("index")) {
            register(store);
        }
        byte[] all = Files.readAllBytes(folder.resolve("index.mv.db"));

        assertLeftAlone(Arrays.copyOf(all, 8192));
    }

    @Test
    void a_database_of_another_program_is_refused_and_left_alone() throws IOException, SQLException {
        // the other program writes no trace file, so that one that is there afterwards is ours
        String quiet = url("index") + ";TRACE_LEVEL_FILE=0";
        try (var other = DriverManager.getConnection(quiet, "swarmdex", "");
                var statement = other.createStatement()) {
            statement.execute("create table customers (name varchar(100))");
        }

        assertLeftAlone(Files.readAllBytes(folder.resolve("index.mv.db")));
    }

    @Test
    void a_database_of_another_owner_is_refused_and_left_alone() throws IOException {
        open("index").close();
        byte[] before = Files.readAllBytes(folder.resolve("index.mv.db"));

        assertRefused(() -> DatabaseStore.open(new StoreSettings(
                url("index"), "someone", "else", Durability.PROCESS, InstantSource.system())),
                "belongs to another user: correct store.user and store.password");

        assertThat(folder.resolve("index.mv.db")).hasBinaryContent(before);
    }

    @Test
    void an_older_schema_is_brought_up_to_date_with_all_that_is_in_it() {
        Flyway.configure().dataSource(url("index"), "swarmdex", "").table("swarmdex_schema").loggers("slf4j")
                .locations("classpath:dev/swarmdex/store/migration").target("1").load().migrate();
        for (String row : List.of("peer values (1, 'native', 'alice')",
                "session values (1, 1, 'alice', '192.0.2.1', timestamp with time zone '2026-01-01 00:00:00Z', null, null)",
                "content values (1, 'film', null, 5)",
                "mapping values (1, 1, 1, timestamp with time zone '2026-01-02 00:00:00Z', null, null)")) {
            OwnerSql.rows(url("index"), "insert into " + row);
        }

        open("index").close();

        assertThat(OwnerSql.rows(url("index"), "select content, peer, via from current_mappings"))
                .containsExactly(Map.of("content", "film", "peer", "alice", "via", "native"));
        assertThat(OwnerSql.rows(url("index"), "select * from swarm_summary")).isEmpty();
    }

    @Test
    void a_newer_schema_is_refused() {
        open("index").close();
        OwnerSql.rows(url("index"), """
                insert into "swarmdex_schema" values
                (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'SWARMDEX', current_timestamp, 1, true)""");

        assertRefused(() -> open("index"), "was written by a newer version of this program (schema 99)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jdbc:h2:file:", "jdbc:h2:mem:x", "jdbc:mysql://x/y", "data/index"})
    void a_url_of_another_kind_is_refused(String url) {
        assertRefused(() -> DatabaseStore.open(StoreSettings.of(url, Durability.FSYNC)),
                "the store's URL must be jdbc:h2:file:PATH or jdbc:postgresql:");
    }

    @Test
    void a_url_with_settings_is_refused() {
        assertRefused(() -> DatabaseStore.open(StoreSettings.of(url("index") + ";WRITE_DELAY=5000", Durability.FSYNC)),
                "remove everything from the \";\"");
    }

    @Test
    void settings_show_no_password() {
        var settings = new StoreSettings(url("index"), "me", "hunter2", Durability.FSYNC, InstantSource.system());

        assertThat(settings).asString().doesNotContain("hunter2");
    }

    private void assertLeftAlone(byte[] content) throws IOException {
        Path file = folder.resolve("index.mv.db");
        Files.write(file, content);
        assertRefused(() -> open("index"), file.toString(), "move it away");
        assertThat(file).hasBinaryContent(content);
        assertThat(folder).isDirectoryNotContaining("glob:**.trace.db");
    }

    private static void assertRefused(ThrowingCallable opening, String... parts) {
        assertThatThrownBy(opening).isInstanceOf(StoreException.class).message().doesNotContain("\n").contains(parts);
    }

    private IndexStore open(String name) {
        return DatabaseStore.open(StoreSettings.of(url(name), Durability.PROCESS));
    }

    private String url(String name) {
        return "jdbc:h2:file:" + folder.resolve(name);
    }

    private static Change.Outcome register(IndexStore store) {
        long session = store.submit(new Change.Join(
                new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.1", List.of()))).join();
        var content = new Content("one", Optional.empty(), -1);
        return store.submit(new Change.Register(session, List.of(content))).join().getFirst();
    }
}
