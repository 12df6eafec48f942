package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlRows;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people. The widths are those of the first rows, so that a result of any length begins at once; a
 * later value that is wider only pushes its own line.
 */
final class TableFormat implements ResultFormat {

    private static final int ROWS_MEASURED = 1000;

    @Override
    public void print(SqlRows rows, PrintStream out) {
        List<List<@Nullable Object>> first = new ArrayList<>();
        Optional<List<@Nullable Object>> row = rows.next();
        while (row.isPresent() && first.size() < ROWS_MEASURED) {
            first.add(row.get());
            row = rows.next();
        }
        int[] widths = widths(rows.columns(), first);
        out.println(line(rows.columns(), widths));
        out.println(rule(widths));
        first.forEach(each -> out.println(line(each, widths)));
        long printed = first.size();
        while (row.isPresent()) {
            out.println(line(row.get(), widths));
            if (++printed % ROWS_BETWEEN_CHECKS == 0 && out.checkError()) {
                return;
            }
            row = rows.next();
        }
        out.println(printed == 1 ? "(1 row)" : "(" + printed + " rows)");
    }

    private static int[] widths(List<String> columns, List<List<@Nullable Object>> rows) {
        return IntStream.range(0, columns.size()).map(i -> Math.max(width(columns.get(i)),
                rows.stream().mapToInt(row -> width(ResultFormat.text(row.get(i)))).max().orElse(0))).toArray();
    }

    private static String line(List<? extends @Nullable Object> values, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Object value = values.get(i);
            String text = ResultFormat.text(value);
            String padding = " ".repeat(Math.max(0, widths[i] - width(text)));
            line.append(i == 0 ? " " : " | ");
            line.append(value instanceof Number ? padding + text : text + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "-" : "-+-").append("-".repeat(widths[i]));
        }
        return rule.append("-").toString();
    }

    /** The columns that a terminal takes: some letters take two, and those that combine take none. */
    private static int width(String text) {
        return text.codePoints().map(point -> Math.max(0, WCWidth.wcwidth(point))).sum();
    }
}
