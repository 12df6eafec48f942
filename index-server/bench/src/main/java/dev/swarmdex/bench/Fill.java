package dev.swarmdex.bench;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A full index, by inserts past the server: the rows that as many registrations of a hundred peers leave, in a fraction
 * of the time.
 */
final class Fill {

    private static final int PEERS = 100;
    private static final int BATCH = 10_000;
    /** Those of the two large tables; the first is a constraint's. */
    private static final List<String> INDEXES = List.of("CONTENT_DISTINCT", "CONTENT_BY_ID", "MAPPING_BY_CONTENT",
            "MAPPING_BY_SESSION", "MAPPING_BY_END");

    private Fill() {}

    /** Makes the database in the folder, with that many mappings. */
    static void with(Path folder, int mappings) throws SQLException {
        DatabaseStore.open(StoreSettings.of(StoreLoad.url(folder), Durability.PROCESS)).close(); // the schema
        // the cache is for the indexes of what is in no order
        String options = ";CACHE_SIZE=1000000;DB_CLOSE_ON_EXIT=FALSE";
        try (Connection connection = DriverManager.getConnection(StoreLoad.url(folder) + options, "swarmdex", "")) {
            List<String> indexes = dropIndexes(connection);
            connection.setAutoCommit(false);
            peers(connection);
            for (int first = 0; first < mappings; first += BATCH) {
                int count = Math.min(BATCH, mappings - first);
                contents(connection, first, count);
                mappings(connection, first, count);
                connection.commit();
            }
            try (Statement statement = connection.createStatement()) {
                for (String index : indexes) {
                    statement.execute(index);
                }
                statement.execute("SHUTDOWN COMPACT");
            }
        }
    }

    /** Drops what is faster made at the end, and returns the statements that make it again. */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        List<String> made = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet script = statement.executeQuery("script nodata nopasswords nosettings")) {
                while (script.next()) {
                    String line = script.getString(1);
                    if (INDEXES.stream().anyMatch(line::contains)
                            && (line.contains("CREATE INDEX") || line.contains("UNIQUE"))) {
                        made.add(line);
                    }
                }
            }
            if (made.size() != INDEXES.size()) {
                throw new IllegalStateException("the schema has other indexes: " + made);
            }
            statement.execute("alter table content drop constraint content_distinct");
            for (String index : INDEXES.subList(1, INDEXES.size())) {
                statement.execute("drop index " + index);
            }
        }
        return made;
    }

    private static void peers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into peer select x, 'native', 'peer' || x from system_range(1, " + PEERS + ")");
            statement.execute("insert into session (number, peer, session_key, host, since)"
                    + " select number, number, name, '192.0.2.1', current_timestamp from peer");
            statement.execute("insert into endpoint select number, 0, 'tcp', '192.0.2.1', 7118 from session");
        }
    }

    private static void contents(Connection connection, int first, int count) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement("insert into content values (?, ?, ?, ?)")) {
            int number = first;
            for (Content content : Sample.contents(first, count)) {
                rows.setLong(1, ++number);
                rows.setString(2, content.name());
                rows.setString(3, content.id().orElseThrow());
                rows.setLong(4, content.size());
                rows.addBatch();
            }
            rows.executeBatch();
        }
    }

    private static void mappings(Connection connection, int first, int count) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(
                "insert into mapping (number, content, session, since) values (?, ?, ?, ?)")) {
            rows.setObject(4, OffsetDateTime.now(ZoneOffset.UTC));
            for (long number = first + 1L; number <= first + count; number++) {
                rows.setLong(1, number);
                rows.setLong(2, number);
                rows.setLong(3, 1 + number % PEERS);
                rows.addBatch();
            }
            rows.executeBatch();
        }
    }
}
