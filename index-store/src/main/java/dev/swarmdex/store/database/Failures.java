package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in plain words what is wrong with a database, and the cure. */
sealed interface Failures permits H2Failures, PostgresFailures {

    /** Why the database can't be opened. */
    StoreException opening(Throwable failure);

    /** Why changes can't be written. */
    StoreException writing(Throwable failure);

    /** Whether a change was refused for what it is, so that others may pass: a broken constraint or an impossible value. */
    static boolean isOfTheChange(Throwable failure) {
        String state = state(failure);
        return state.startsWith("22") || state.startsWith("23");
    }

    /** The SQL state of the failure, empty if it has none. */
    static String state(Throwable failure) {
        SQLException sql = find(failure, SQLException.class);
        return sql == null || sql.getSQLState() == null ? "" : sql.getSQLState();
    }

    /** The database's own words, on one line. */
    static String firstLine(Throwable failure) {
        SQLException sql = find(failure, SQLException.class);
        Throwable said = sql == null ? failure : sql;
        if (said instanceof BatchUpdateException && said.getCause() instanceof SQLException cause) {
            said = cause; // the batch's own message repeats all its rows
        }
        String message = said.getMessage() == null ? said.getClass().getSimpleName() : said.getMessage();
        String line = message.lines().findFirst().orElse("");
        int end = line.indexOf("; SQL statement:");
        return end < 0 ? line : line.substring(0, end);
    }

    /** The first of that type among the failure and its causes. */
    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
