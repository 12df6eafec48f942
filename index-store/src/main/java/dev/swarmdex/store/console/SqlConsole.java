package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * Asks the index in SQL, whether or not a server has it open, and can change nothing. For one thread.
 */
public final class SqlConsole implements AutoCloseable {

    /** The views that are meant for it. */
    public static final List<String> VIEWS = List.of(
            "current_mappings", "mapping_history", "content_summary", "peer_sessions", "download_history",
            "swarm_summary", "swarm_members");

    private static final Set<String> READING = Set.of("select", "with", "values", "table", "explain", "show", "(");
    private static final int ROWS_AT_ONCE = 500;
    private static final int ALL_ROWS = 0;
    /** Of a query of a file that changes meanwhile. */
    private static final int ATTEMPTS = 3;
    private static final String PG_NO_RIGHT = "42501";
    private static final String PG_READ_ONLY = "25006";
    private static final String PG_NO_TABLE = "42P01";
    private static final String PG_STOPPED = "57P01";
    private static final String PG_BROKEN = "08006";

    private final ConsoleConnection console;

    private SqlConsole(ConsoleConnection console) {
        this.console = console;
    }

    /**
     * Opens the database, whether or not a server has it open. Throws a {@link StoreException} that names the cure.
     */
    public static SqlConsole open(StoreSettings settings) {
        return new SqlConsole(ConsoleConnection.open(settings));
    }

    /** Whether a server has the database open. */
    public boolean live() {
        return console.live();
    }

    /**
     * Runs a query. The rows come as they are asked for, a bounded number at once; close them before the next query. Throws a
     * {@link StoreException} of one line if the query is wrong, or is none.
     */
    public SqlRows query(String sql) {
        return query(sql, ALL_ROWS);
    }

    /** Likewise, but no more than that many rows, at least 1; the database need not look for more. */
    public SqlRows query(String sql, int mostRows) {
        if (!READING.contains(firstWord(sql))) {
            throw new StoreException("this console only reads: start with SELECT");
        }
        if (!console.confined() && sql.strip().replaceAll(";+$", "").contains(";")) {
            throw new StoreException("one query at a time, and no semicolon in it: the console reads as the index's own"
                    + " user, for want of a role of its own");
        }
        for (int attempt = 1;; attempt++) {
            try {
                return rows(sql, mostRows);
            } catch (StackOverflowError e) {
                throw new StoreException("the query is nested too deeply", e);
            } catch (StoreException e) {
                if (attempt == ATTEMPTS || !Snapshot.hasChanged(e)) {
                    throw e;
                }
            }
        }
    }

    private SqlRows rows(String sql, int mostRows) {
        PreparedStatement statement = prepare(sql);
        try {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setMaxRows(mostRows);
            return new SqlRows(statement, statement.executeQuery());
        } catch (SQLException e) {
            var failure = explain(e);
            end(statement, failure);
            throw failure;
        } catch (StackOverflowError e) {
            end(statement, e);
            throw e;
        }
    }

    private static void end(PreparedStatement statement, Throwable failure) {
        try {
            SqlRows.endTransaction(statement.getConnection());
            statement.close();
        } catch (SQLException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    @Override
    public void close() {
        console.close();
    }

    static StoreException explain(SQLException failure) {
        return new StoreException(switch (String.valueOf(failure.getSQLState())) {
            case PG_NO_RIGHT, PG_READ_ONLY ->
                "this console only reads, and only these views: " + String.join(", ", VIEWS);
            case PG_NO_TABLE -> oneLine(failure) + "; there are: " + String.join(", ", VIEWS);
            case PG_STOPPED, PG_BROKEN -> "the index database has stopped: open the console again";
            default -> explainH2(failure);
        }, failure);
    }

    private static String explainH2(SQLException failure) {
        if (Snapshot.hasChanged(failure)) {
            return "the index has changed too much since the query began: ask again, or ask for less ("
                    + oneLine(failure) + ")";
        }
        return switch (failure.getErrorCode()) {
            case ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1, ErrorCode.ADMIN_RIGHTS_REQUIRED, ErrorCode.DATABASE_IS_READ_ONLY ->
                "this console only reads, and only these views: " + String.join(", ", VIEWS);
            case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1, ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2 ->
                oneLine(failure) + "; there are: " + String.join(", ", VIEWS);
            default -> oneLine(failure);
        };
    }

    private PreparedStatement prepare(String sql) {
        Connection connection = console.renewed();
        try {
            return connection.prepareStatement(sql);
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    private static String firstWord(String sql) {
        String start = sql.substring(SqlText.start(sql));
        int end = 0;
        while (end < start.length() && Character.isLetter(start.charAt(end))) {
            end++;
        }
        return start.startsWith("(") ? "(" : start.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static String oneLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf("; SQL statement:");
        return (end < 0 ? message : message.substring(0, end)).replaceAll("\\s+", " ");
    }
}
