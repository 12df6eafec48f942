package dev.swarmdex.store.database;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs SQL as the owner of an H2 database that this process has open, or of one that is closed. */
final class OwnerSql {

    private OwnerSql() {}

    /** The rows by column name in lower case; none for a statement without a result. */
    static List<Map<String, @Nullable Object>> rows(String url, String sql) {
        try (var connection = DriverManager.getConnection(url + ";IFEXISTS=TRUE", "swarmdex", "");
                var statement = connection.createStatement()) {
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.put(result.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT), result.getObject(column));
        }
        return row;
    }
}
