package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlRows;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** A JSON array with an object for each row, one row a line. */
final class JsonFormat implements ResultFormat {

    static final JsonMapper JSON = JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    @Override
    public void print(SqlRows rows, PrintStream out) {
        List<String> names = distinct(rows.columns());
        String separator = "[";
        long printed = 0;
        for (Optional<List<@Nullable Object>> row = rows.next(); row.isPresent(); row = rows.next()) {
            out.print(separator);
            out.print(JSON.writeValueAsString(object(names, row.get())));
            separator = ",\n ";
            if (++printed % ROWS_BETWEEN_CHECKS == 0 && out.checkError()) {
                return;
            }
        }
        out.print(printed == 0 ? "[]\n" : "]\n");
    }

    private static Map<String, @Nullable Object> object(List<String> names, List<@Nullable Object> row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            object.put(names.get(i), value(row.get(i)));
        }
        return object;
    }

    /** What JSON has a form of its own for stays as it is, all else becomes text. */
    static @Nullable Object value(@Nullable Object value) {
        boolean asItIs = value == null || value instanceof Boolean || value instanceof Number;
        return asItIs ? value : ResultFormat.text(value);
    }

    /** An object can't have one name twice: the second {@code x} becomes {@code x_2}. */
    private static List<String> distinct(List<String> columns) {
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            String name = column;
            for (int number = 2; names.contains(name); number++) {
                name = column + "_" + number;
            }
            names.add(name);
        }
        return names;
    }
}
