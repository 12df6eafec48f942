package dev.swarmdex.store.state;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HashIndexTest {

    /** From hashes as they should be to hashes of which thousands are the same. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0xffff, 0xffff_0000, 0xf})
    void it_has_what_was_added_and_not_removed(int hashBits) {
        IntUnaryOperator hash = item -> item * 0x85EB_CA6B & hashBits;
        var index = new HashIndex(hash, 0);
        Set<Integer> expected = new HashSet<>();
        var random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            int item = random.nextInt(hashBits == 0xf ? 500 : 4000);
            boolean growing = i < 10_000;
            if (random.nextInt(10) < (growing ? 7 : 3)) {
                if (expected.add(item)) {
                    index.add(item);
                }
            } else if (expected.remove(item)) {
                index.remove(item);
            }
            if (i % 100 == 0) {
                int any = random.nextInt(4000);
                assertThat(index.size()).isEqualTo(expected.size());
                assertThat(index.find(key(hash, any))).isEqualTo(expected.contains(any) ? any : HashIndex.NONE);
            }
            if (i % 1000 == 0) {
                assertThat(index.toArray()).containsExactlyInAnyOrder(
                        expected.stream().mapToInt(Integer::intValue).toArray());
            }
        }
    }

    @Test
    void a_guess_is_nearly_always_right_and_never_takes_one_hash_for_a_quite_different_one() {
        IntUnaryOperator hash = item -> item * 0x85EB_CA6B;
        var index = new HashIndex(hash, 0);
        for (int item = 0; item < 20_000; item++) {
            index.add(item);
        }

        assertThat(IntStream.range(0, 20_000).filter(item -> index.guess(hash.applyAsInt(item)) == item).count())
                .isGreaterThan(19_000);
        assertThat(IntStream.range(20_000, 40_000)
                .filter(item -> index.guess(hash.applyAsInt(item)) == HashIndex.NONE).count()).isGreaterThan(19_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 7, 340, 341, 20_000, 100_000})
    void room_for_what_is_expected_changes_nothing_but_the_time(int expected) {
        IntUnaryOperator hash = item -> item * 0x85EB_CA6B;
        var index = new HashIndex(hash, expected);
        for (int item = 0; item < 20_000; item++) {
            index.add(item);
        }
        for (int item = 0; item < 20_000; item += 2) {
            index.remove(item);
        }

        assertThat(index.size()).isEqualTo(10_000);
        for (int item = 0; item < 20_000; item++) {
            assertThat(index.find(key(hash, item))).isEqualTo(item % 2 == 0 ? HashIndex.NONE : item);
        }
    }

    @Test
    void an_item_takes_the_place_of_another_of_the_same_key() {
        var index = new HashIndex(item -> item % 100, 0);
        index.add(7);
        index.replace(7, 107);

        assertThat(index.find(key(item -> item % 100, 107))).isEqualTo(107);
        assertThat(index.find(key(item -> item % 100, 7))).isEqualTo(HashIndex.NONE);
        assertThat(index.size()).isOne();
    }

    @Test
    void what_is_not_there_can_not_be_removed() {
        var index = new HashIndex(item -> item, 0);
        index.add(1);
        assertThatIllegalStateException().isThrownBy(() -> index.remove(2));
    }

    private static HashIndex.Key key(IntUnaryOperator hash, int item) {
        return new HashIndex.Key() {

            @Override
            public int hash() {
                return hash.applyAsInt(item);
            }

            @Override
            public boolean isOf(int other) {
                return other == item;
            }
        };
    }
}
