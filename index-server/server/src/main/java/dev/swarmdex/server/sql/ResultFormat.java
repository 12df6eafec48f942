package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlRows;
import java.io.PrintStream;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A way to show the result of a query. None holds more than a bounded number of rows at once. */
interface ResultFormat {

    /** After that many rows it is checked whether anybody still reads them. */
    int ROWS_BETWEEN_CHECKS = 1000;

    /** Prints all rows, or as many as the output takes. */
    void print(SqlRows rows, PrintStream out);

    /** A value as text: moments in ISO 8601, in UTC; nothing for null. */
    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case OffsetDateTime moment -> moment.toInstant().toString();
            default -> value.toString();
        };
    }
}
