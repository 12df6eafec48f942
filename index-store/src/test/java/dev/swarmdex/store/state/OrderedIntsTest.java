package dev.swarmdex.store.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class OrderedIntsTest {

    @ParameterizedTest
    @ValueSource(ints = {3, OrderedInts.CHUNK, 20 * OrderedInts.CHUNK})
    void it_holds_what_was_added_and_not_removed_in_order(int range) {
        var list = new OrderedInts(item -> 3L * item);
        var expected = new TreeSet<Integer>();
        var random = new Random(range);
        for (int i = 0; i < 60_000; i++) {
            int item = random.nextInt(range);
            if (random.nextInt(10) < (i < 30_000 ? 8 : 2)) {
                if (expected.add(item)) {
                    list.add(item);
                }
            } else if (expected.remove(item)) {
                list.remove(item);
            }
            if (i % 2000 == 0) {
                assertThat(list.size()).isEqualTo(expected.size());
                int from = random.nextInt(-1, range + 2);
                assertThat(items(list, 3L * from)).containsExactlyElementsOf(expected.tailSet(from));
                assertThat(items(list, 3L * from - 1)).containsExactlyElementsOf(expected.tailSet(from));
            }
        }
    }

    @Test
    void a_visitor_may_end_the_visit() {
        var list = new OrderedInts(item -> item);
        for (int item = 0; item < 2000; item++) {
            list.add(item);
        }
        var seen = new ArrayList<Integer>();

        assertThat(list.visit(700, item -> seen.add(item) && seen.size() < 3)).isFalse();

        assertThat(seen).containsExactly(700, 701, 702);
    }

    @Test
    void an_item_is_found_by_its_number() {
        var list = new OrderedInts(item -> 3L * item);
        assertThat(list.find(3)).isEqualTo(HashIndex.NONE);
        for (int item = 0; item < 2000; item++) {
            list.add(item);
        }

        assertThat(list.find(3 * 1234)).isEqualTo(1234);
        assertThat(list.find(3 * 1234 + 1)).isEqualTo(HashIndex.NONE);
        assertThat(list.find(-1)).isEqualTo(HashIndex.NONE);
        assertThat(list.find(3 * 2000)).isEqualTo(HashIndex.NONE);
    }

    @Test
    void nothing_is_asked_of_items_that_are_gone() {
        var there = new TreeSet<Integer>();
        var list = new OrderedInts(item -> {
            assertThat(there).contains(item);
            return item;
        });
        for (int item = 0; item <= OrderedInts.CHUNK; item++) {
            there.add(item);
            list.add(item);
        }
        list.remove(OrderedInts.CHUNK); // was alone behind a full chunk
        there.remove(OrderedInts.CHUNK);
        there.add(OrderedInts.CHUNK + 1);
        list.add(OrderedInts.CHUNK + 1);

        assertThat(list.find(OrderedInts.CHUNK)).isEqualTo(HashIndex.NONE);
        assertThat(items(list, OrderedInts.CHUNK)).containsExactly(OrderedInts.CHUNK + 1);
    }

    @Test
    void what_is_not_there_can_not_be_removed() {
        var list = new OrderedInts(item -> item);
        list.add(1);
        assertThatIllegalStateException().isThrownBy(() -> list.remove(2));
    }

    private static List<Integer> items(OrderedInts list, long from) {
        var items = new ArrayList<Integer>();
        assertThat(list.visit(from, items::add)).isTrue();
        return items;
    }
}
