package dev.swarmdex.store.database;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** That batches are as large as H2 writes them at once, and no larger. */
class BatchSizeTest {

    private static final int BATCHES = 15;
    private static final int LARGE_ROW = 16_000;

    @TempDir
    private Path folder;

    private final BatchSize size = new BatchSize();
    private Handle handle;
    private int rows;

    @BeforeEach
    void open() {
        H2Loopback.choose();
        handle = Jdbi.open(new H2File(folder.resolve("rows")).url() + ";WRITE_DELAY=0");
        handle.execute("create table t (number int primary key, payload varchar)");
    }

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void shrinks_until_h2_writes_nothing_in_the_middle_of_a_transaction() {
        assertThat(isWrittenInTheMiddle(size.most(), LARGE_ROW)).isTrue();
        for (int batch = 0; batch < BATCHES; batch++) {
            isWrittenInTheMiddle(size.most(), LARGE_ROW);
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            assertThat(isWrittenInTheMiddle(size.most(), LARGE_ROW)).isFalse();
        }
    }

    @Test
    void grows_where_rows_are_small() {
        int first = size.most();
        for (int batch = 0; batch < BATCHES; batch++) {
            isWrittenInTheMiddle(size.most(), 1);
        }
        assertThat(size.most()).isGreaterThan(2 * first);
    }

    @Test
    void learns_nothing_from_batches_that_are_not_full() {
        int first = size.most();
        for (int batch = 0; batch < BATCHES; batch++) {
            isWrittenInTheMiddle(10, LARGE_ROW);
        }
        assertThat(size.most()).isEqualTo(first);
    }

    private boolean isWrittenInTheMiddle(int items, int length) {
        MVStore store = H2Space.store(handle);
        long before = store.getCurrentVersion();
        size.begin(store);
        handle.begin();
        handle.execute("insert into t select x, repeat('x', ?) from system_range(?, ?)", length, rows + 1,
                rows + items);
        size.end(store, items);
        boolean written = store.getCurrentVersion() != before;
        handle.commit();
        rows += items;
        return written;
    }
}
