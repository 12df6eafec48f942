package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What can be asked, and that nothing can be changed. */
class SqlConsoleTest extends ConsoleCase {

    @Test
    void it_reads_the_live_database() {
        try (var store = open();
                var console = SqlConsole.open(settings())) {
            assertThat(console.live()).isTrue();
            assertThat(
                    all(console, "select content, size, PEER, date_trunc('second', since), until from mapping_history"))
                    .containsExactly(
                            row("one", 1000L, "alice", OffsetDateTime.parse("2026-03-01T12:00:00Z"), null));

            register(store, "two");

            assertThat(all(console, "select count(*) from current_mappings")).containsExactly(row(2L));
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void it_can_not_write_to_the_live_database(String sql) {
        try (var store = open();
                var console = SqlConsole.open(settings())) {
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
            "select * from mapping for update", "select * from session_identity for update",
            "select file_read('/etc/hostname')",
            "select * from content", "select csvwrite('x.csv', 'select 1')",
            "select * from table(x int = (select number from peer))"})
    void it_sees_only_the_views_of_the_live_database(String sql) {
        try (var store = open();
                var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
            assertThatThrownBy(() -> all(console, sql)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("this console only reads");
        }
    }

    @Test
    void all_documented_views_can_be_read() {
        try (var store = open();
                var console = SqlConsole.open(settings())) {
            assertThat(store).isNotNull();
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
    void comments_may_come_before_a_query_and_hide_no_other_statement() {
        open().close();
        try (var console = SqlConsole.open(settings())) {
            assertThat(all(console, "-- who is here\n /* and /* since */ when */ select 1")).containsExactly(row(1));
            for (String wrong : List.of("-- select\ndelete from mapping", "/* select */ delete from mapping",
                    "/* select 1", "-- select 1")) {
                assertThatThrownBy(() -> all(console, wrong)).hasMessageContaining("start with SELECT");
            }
        }
    }

    @Test
    void a_query_that_is_nested_too_deeply_is_refused_and_the_next_one_answered() {
        open().close();
        try (var console = SqlConsole.open(settings())) {
            String nested = "select " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
            assertThatThrownBy(() -> all(console, nested)).isInstanceOf(StoreException.class)
                    .hasMessage("the query is nested too deeply");
            assertThat(all(console, "select 1")).containsExactly(row(1));
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
                var console = SqlConsole.open(settings());
                var rows = console.query("""
                        select h.content from mapping_history h cross join system_range(1, 100000)""")) {
            assertThat(rows.next()).isPresent();
            register(store, "two");
            assertThat(rows.next()).isPresent();
        }
    }
}
