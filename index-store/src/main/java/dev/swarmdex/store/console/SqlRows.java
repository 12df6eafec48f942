package dev.swarmdex.store.console;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a query, one after the other. For one thread; the caller closes it. */
public final class SqlRows implements AutoCloseable {

    private final PreparedStatement statement;
    private final ResultSet result;
    private final List<String> columns;

    SqlRows(PreparedStatement statement, ResultSet result) throws SQLException {
        this.statement = statement;
        this.result = result;
        this.columns = columns(result.getMetaData());
    }

    /** The columns' names, in lower case. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The next row, empty after the last: for each column null, a Boolean, a Number, a {@link Temporal} (moments as
     * {@link java.time.OffsetDateTime}) or a String.
     */
    public Optional<List<@Nullable Object>> next() {
        try {
            if (!result.next()) {
                return Optional.empty();
            }
            List<@Nullable Object> row = new ArrayList<>(columns.size());
            for (int column = 1; column <= columns.size(); column++) {
                row.add(value(column));
            }
            return Optional.of(Collections.unmodifiableList(row));
        } catch (SQLException e) {
            throw SqlConsole.explain(e);
        }
    }

    @Override
    public void close() {
        try (statement) {
            Connection connection = statement.getConnection();
            result.close();
            endTransaction(connection);
        } catch (SQLException e) {
            throw SqlConsole.explain(e);
        }
    }

    /** Ends the transaction that a query has begun, if it did: without one, PostgreSQL would hand over all rows at once. */
    static void endTransaction(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private @Nullable Object value(int column) throws SQLException {
        Object value = result.getObject(column);
        return switch (value) {
            case null -> null;
            case Boolean _,Number _,String _,Temporal _ -> value;
            case Timestamp _ when result.getMetaData().getColumnTypeName(column).equals("timestamptz") ->
                result.getObject(column, OffsetDateTime.class);
            case Timestamp time -> time.toLocalDateTime();
            case Date date -> date.toLocalDate();
            default -> result.getString(column);
        };
    }

    private static List<String> columns(ResultSetMetaData description) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= description.getColumnCount(); column++) {
            names.add(description.getColumnLabel(column).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(names);
    }
}
