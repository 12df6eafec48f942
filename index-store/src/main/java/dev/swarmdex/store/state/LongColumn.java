package dev.swarmdex.store.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of long numbers, one for each row, that grows by a page at a time and so never pauses to copy what it has. */
final class LongColumn {

    private static final int BITS = 13;
    private static final int MASK = (1 << BITS) - 1;

    private long @Nullable [][] pages = new long[1][];

    /** The number of a row that was set before. */
    long get(int row) {
        return pages[row >>> BITS][row & MASK];
    }

    void set(int row, long value) {
        int page = row >>> BITS;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * pages.length));
        }
        if (pages[page] == null) {
            pages[page] = new long[1 << BITS];
        }
        pages[page][row & MASK] = value;
    }
}
