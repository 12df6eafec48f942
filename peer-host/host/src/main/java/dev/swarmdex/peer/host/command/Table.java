package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.shell.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns, each as wide as its widest cell. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(cell -> Printable.text(String.valueOf(cell))).toList());
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(Output output) {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        for (List<String> row : rows) {
            output.line(IntStream.range(0, columns).mapToObj(column -> pad(row.get(column), widths[column]))
                    .collect(Collectors.joining(GAP)).stripTrailing());
        }
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
