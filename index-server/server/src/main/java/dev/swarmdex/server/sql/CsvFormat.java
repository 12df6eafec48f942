package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlRows;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as in RFC 4180, but with line feeds: a line of names, then a line for each row. */
final class CsvFormat implements ResultFormat {

    @Override
    public void print(SqlRows rows, PrintStream out) {
        out.print(line(rows.columns()));
        long printed = 0;
        for (Optional<List<@Nullable Object>> row = rows.next(); row.isPresent(); row = rows.next()) {
            out.print(line(row.get()));
            if (++printed % ROWS_BETWEEN_CHECKS == 0 && out.checkError()) {
                return;
            }
        }
    }

    private static String line(List<? extends @Nullable Object> values) {
        return values.stream().map(value -> quoted(ResultFormat.text(value)))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
