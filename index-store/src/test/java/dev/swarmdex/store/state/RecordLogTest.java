package dev.swarmdex.store.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecordLogTest {

    private final RecordLog log = new RecordLog();
    private final Map<Integer, byte[]> expected = new HashMap<>();
    private final Random random = new Random(42);

    @Test
    void every_row_keeps_its_record_while_others_come_and_go() {
        for (int i = 0; i < 100_000; i++) {
            int row = random.nextInt(3000);
            if (expected.containsKey(row)) {
                remove(row);
            } else {
                add(row, random.nextInt(300));
            }
        }
        assertThat(expected).isNotEmpty().allSatisfy((row, record) -> assertThat(read(row, record.length))
                .isEqualTo(record));
    }

    @Test
    void it_takes_at_most_about_twice_what_is_alive() {
        for (int row = 0; row < 20_000; row++) {
            add(row, 100);
        }
        for (int row = 0; row < 20_000; row++) {
            if (row % 10 != 0) {
                remove(row);
            }
        }
        for (int round = 0; round < 20; round++) {
            for (int row = 100_000; row < 101_000; row++) {
                add(row, 10 + 50 * round);
            }
            for (int row = 100_000; row < 101_000; row++) {
                remove(row);
            }
        }

        assertThat(log.bytes()).isLessThan(2 * 2000 * 108 + 3 * 65_536);
        assertThat(expected).hasSize(2000).allSatisfy((row, record) -> assertThat(read(row, record.length))
                .isEqualTo(record));
    }

    @Test
    void records_may_be_empty_and_as_long_as_allowed_but_no_longer() {
        add(1, 0);
        add(2, RecordLog.MOST);
        assertThat(read(2, RecordLog.MOST)).isEqualTo(expected.get(2));
        assertThatIllegalArgumentException().isThrownBy(() -> add(3, RecordLog.MOST + 1));
    }

    private void add(int row, int length) {
        byte[] record = new byte[length];
        random.nextBytes(record);
        log.add(row, record, length);
        expected.put(row, record);
    }

    private void remove(int row) {
        log.remove(row);
        expected.remove(row);
    }

    private byte[] read(int row, int length) {
        return Arrays.copyOfRange(log.page(row), log.start(row), log.start(row) + length);
    }
}
