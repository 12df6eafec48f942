package dev.swarmdex.store.console;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.PostgresServer;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading an index in PostgreSQL beside the server that writes it. */
class PostgresConsoleTest {

    private final String url = PostgresServer.shared().newDatabase();
    private final StoreSettings settings = PostgresServer.settings(url, InstantSource.system());
    private final IndexStore store = DatabaseStore.open(settings);
    private final long session = join(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void all_documented_views_can_be_read() {
        register(store, "one");
        try (var console = SqlConsole.open(settings)) {
            for (String view : SqlConsole.VIEWS) {
                assertThat(all(console, "select * from " + view)).hasSizeLessThan(2);
            }
            List<@Nullable Object> row = all(console, "select content, size, since from current_mappings").getFirst();
            assertThat(row.subList(0, 2)).containsExactly("one", 10L);
            assertThat(row.get(2)).isInstanceOf(OffsetDateTime.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select * from session_identity", "select * from mapping for update",
            "select * from last_batch for update", "select * from content",
            "with gone as (delete from mapping returning *) select * from gone",
            "select pg_read_file('/etc/hostname')", "select lo_import('/etc/hostname')",
            "select 1; delete from mapping", "select 1; drop view current_mappings"})
    void it_sees_only_the_views(String sql) {
        try (var console = SqlConsole.open(settings)) {
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("this console only reads");
            assertThat(all(console, "select 1 as one")).as("and goes on").hasSize(1);
        }
    }

    @Test
    void whatever_locks_a_console_takes_the_server_goes_on() {
        try (var console = SqlConsole.open(settings);
                var rows = console.query("select pg_advisory_lock(g), pg_backend_pid() from generate_series(1, 9) g")) {
            assertThat(rows.next()).isPresent();
            assertThatThrownBy(() -> all(console, """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where application_name = 'swarmdex index' and datname = current_database()"""))
                    .isInstanceOf(StoreException.class);

            register(store, "one");
        }
    }

    @Test
    void a_query_that_is_being_read_does_not_hold_up_a_registration() {
        register(store, "one");
        try (var console = SqlConsole.open(settings);
                var rows = console.query("select content from mapping_history, generate_series(1, 100000)")) {
            assertThat(rows.next()).isPresent();
            register(store, "two");
            assertThat(rows.next()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with gone as (delete from mapping returning *) select * from gone",
            "select * from last_batch for update", "select 1; delete from mapping",
            "select set_config('transaction_read_only', 'off', false)"})
    void where_no_role_can_be_made_for_it_it_reads_as_the_owner_and_still_changes_nothing(String sql) {
        String owner = "owner" + url.substring(url.lastIndexOf('/') + 1);
        String own = PostgresServer.shared().newDatabase();
        PostgresServer.rows(url, "create role " + owner + " login");
        PostgresServer.rows(url, "alter database " + own.substring(own.lastIndexOf('/') + 1) + " owner to " + owner);
        var limited = new StoreSettings(own, owner, "", Durability.FSYNC, InstantSource.system());

        try (var theirs = DatabaseStore.open(limited); var console = SqlConsole.open(limited)) {
            assertThat(theirs.keeps(1)).isFalse();
            assertThat(all(console, "select * from current_mappings;")).isEmpty();
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class);
            assertThat(all(console, "select * from current_mappings")).isEmpty();
            assertThatThrownBy(() -> WebConsole.open(limited, 0)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("the web console needs a role that can do no harm");
        }
    }

    @Test
    void a_wrong_query_gets_one_plain_line() {
        try (var console = SqlConsole.open(settings)) {
            assertThatThrownBy(() -> all(console, "select *\nfrom nothing")).isInstanceOf(StoreException.class)
                    .message().doesNotContain("\n").contains("nothing", "there are: current_mappings");
            assertThatThrownBy(() -> all(console, "delete from mapping")).hasMessageContaining("start with SELECT");
        }
    }

    private void register(IndexStore at, String name) {
        assertThat(at.submit(new Change.Register(session, List.of(new Content(name, Optional.empty(), 10)))).join())
                .containsExactly(Change.Outcome.DONE);
    }

    private static long join(IndexStore at) {
        return at.submit(new Change.Join(
                new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.1", List.of()))).join();
    }

    private static List<List<@Nullable Object>> all(SqlConsole console, String sql) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (var rows = console.query(sql)) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.get());
            }
        }
        return all;
    }
}
