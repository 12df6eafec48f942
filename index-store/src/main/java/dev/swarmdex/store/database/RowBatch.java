package dev.swarmdex.store.database;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Rows that are written with one statement and one round trip. */
final class RowBatch {

    private RowBatch() {}

    /** Writes the rows that are filled in, if any. */
    static void write(Handle handle, String sql, Consumer<PreparedBatch> fill) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            fill.accept(batch);
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }
}
