package dev.swarmdex.store.state;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberedSetTest {

    private record Item(long number) implements Numbered {}

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 63, 64, 65, 66, 1000})
    void it_is_the_sorted_set_of_what_was_added_and_not_removed(int range) {
        var random = new SplittableRandom(range);
        var expected = new TreeSet<Long>();
        var set = new NumberedSet<Item>();
        for (int i = 0; i < 3000; i++) {
            long number = random.nextInt(range);
            if (random.nextBoolean() && expected.add(number)) {
                set.add(new Item(number));
            } else {
                expected.remove(number);
                set.remove(number);
            }
            if (i % 10 == 0) {
                long from = random.nextInt(-1, range + 2);
                assertThat(numbers(set, from)).containsExactlyElementsOf(expected.tailSet(from));
                assertThat(set.isEmpty()).isEqualTo(expected.isEmpty());
            }
        }
    }

    @Test
    void what_is_there_the_whole_time_is_seen_by_a_reader_while_others_come_and_go() {
        var set = new NumberedSet<Item>();
        for (long number = 0; number < 200; number += 2) {
            set.add(new Item(number));
        }
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int round = 0; round < 500; round++) {
                for (long number = 1; number < 200; number += 2) {
                    set.add(new Item(number));
                }
                for (long number = 1; number < 200; number += 2) {
                    set.remove(number);
                }
            }
        });
        do {
            assertThat(numbers(set, 0).stream().filter(number -> number % 2 == 0)).hasSize(100).isSorted();
        } while (writer.isAlive());
    }

    private static List<Long> numbers(NumberedSet<Item> set, long from) {
        var numbers = new ArrayList<Long>();
        set.from(from).forEachRemaining(item -> numbers.add(item.number()));
        return numbers;
    }
}
