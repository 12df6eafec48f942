package dev.swarmdex.store.database;

import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What can be wrong with a PostgreSQL database when it is opened: one plain line that names the cure. */
class PostgresOpeningTest {

    private final String url = PostgresServer.shared().newDatabase();

    @Test
    void a_server_that_does_not_run_is_named() {
        assertRefused(() -> open("jdbc:postgresql://127.0.0.1:9/index", "postgres"),
                "jdbc:postgresql://127.0.0.1:9/index does not answer: start PostgreSQL, or correct store.url");
    }

    @Test
    void a_database_that_does_not_exist_is_named() {
        assertRefused(() -> open(url + "nowhere", "postgres"), "does not exist: create it, or correct store.url");
    }

    @Test
    void a_user_that_does_not_exist_is_told() {
        assertRefused(() -> open(url, "nobody"), "correct store.user and store.password");
    }

    @Test
    void a_user_without_rights_is_told() {
        PostgresServer.rows(url, "create role stranger login");
        try {
            assertRefused(() -> open(url, "stranger"), "make that user the database's owner");
        } finally {
            PostgresServer.rows(url, "drop role stranger");
        }
    }

    @Test
    void a_newer_schema_is_refused() {
        open(url, "postgres").close();
        PostgresServer.rows(url, """
                insert into swarmdex_schema values
                (99, '99', 'from the future', 'SQL', 'V99__future.sql', 1, 'postgres', now(), 1, true)""");

        assertRefused(() -> open(url, "postgres"), "was written by a newer version of this program (schema 99)");
    }

    @Test
    void tables_of_others_are_refused_and_left_alone() {
        PostgresServer.rows(url, "create table customers (name varchar(100))");

        assertRefused(() -> open(url, "postgres"), "has tables of another program: create a database for the index");
    }

    @Test
    void a_database_without_unicode_is_refused() {
        PostgresServer.rows(url, "create database latin encoding 'LATIN1' locale 'C' template template0");
        String latin = url.substring(0, url.lastIndexOf('/')) + "/latin";
        try {
            assertRefused(() -> open(latin, "postgres"), "has the encoding LATIN1: create it with encoding 'UTF8'");
        } finally {
            PostgresServer.rows(url, "drop database latin");
        }
    }

    @Test
    void a_password_in_the_url_is_refused_and_not_shown() {
        assertRefused(() -> open(url + "?user=me&password=hunter2", "postgres"), "set store.user and store.password");
        assertThatThrownBy(() -> open(url + "?password=hunter2", "postgres")).message().doesNotContain("hunter2");
    }

    @Test
    void a_durability_that_postgresql_does_not_have_is_refused() {
        assertRefused(() -> DatabaseStore.open(
                new StoreSettings(url, "postgres", "", Durability.PROCESS, InstantSource.system())),
                "store.durability = \"process\" is for H2 only");
    }

    private static void assertRefused(ThrowingCallable opening, String... parts) {
        assertThatThrownBy(opening).isInstanceOf(StoreException.class).message().doesNotContain("\n").contains(parts);
    }

    private static IndexStore open(String url, String user) {
        return DatabaseStore.open(new StoreSettings(url, user, "", Durability.FSYNC, InstantSource.system()));
    }
}
