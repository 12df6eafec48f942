package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;

/** The schema's versions: the files in {@code migration}, each applied once and in order. */
final class Schema {

    private static final String COMMON = "classpath:dev/swarmdex/store/migration";
    private static final String HISTORY = "swarmdex_schema";

    private Schema() {}

    /** Whether the database has this program's tables, of any version. */
    static boolean isPresent(Handle handle) {
        return handle.createQuery("""
                select count(*) from information_schema.tables
                where table_schema = current_schema and table_name = :history""")
                .bind("history", HISTORY)
                .mapTo(Integer.class)
                .one() > 0;
    }

    /**
     * Brings the schema up to date, unless it is newer than this program.
     *
     * @param name what the database is called in messages
     * @param more the places of what only this product's schema has; versions are one sequence over all places
     */
    static void migrate(String url, String user, String password, String name, String... more) {
        List<String> places = new ArrayList<>(List.of(COMMON));
        places.addAll(List.of(more));
        Flyway flyway = Flyway.configure()
                .dataSource(url, user, password)
                .locations(places.toArray(String[]::new))
                .table(HISTORY)
                .loggers("slf4j")
                .load();
        Arrays.stream(flyway.info().applied()).filter(Schema::isFuture).findFirst().ifPresent(newer -> {
            throw new StoreException("the index database " + name + " was written by a newer version of this program"
                    + " (schema " + newer.getVersion() + "): use that version, or choose another store.url");
        });
        flyway.migrate();
    }

    private static boolean isFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
