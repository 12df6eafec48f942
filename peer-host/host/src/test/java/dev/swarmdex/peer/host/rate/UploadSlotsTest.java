package dev.swarmdex.peer.host.rate;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class UploadSlotsTest {

    private static final Optional<InetAddress> GREEDY = Optional.of(InetAddress.ofLiteral("192.0.2.1"));
    private static final Optional<InetAddress> ANOTHER = Optional.of(InetAddress.ofLiteral("192.0.2.2"));

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger busy = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /** Many who take a place each, and keep it until the end. */
    private void take(UploadSlots slots, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    slots.run(GREEDY, () -> false, () -> {
                        busy.incrementAndGet();
                        end.await();
                    });
                } catch (InterruptedException stopped) {
                    throw new AssertionError(stopped);
                }
            }));
        }
    }

    private void finish() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 25", "20, 5", "8, 4", "4, 3", "2, 1"})
    void one_address_leaves_places_for_others(int places, int share) throws Exception {
        UploadSlots slots = new UploadSlots(places);
        take(slots, 2 * places);
        await().untilAtomic(busy, count -> assertThat(count.intValue()).isEqualTo(share));

        assertThat(slots.run(ANOTHER, () -> false, () -> {})).isTrue();
        assertThat(slots.run(GREEDY, () -> true, () -> {})).isFalse();
        assertThat(slots.run(Optional.empty(), () -> true, () -> {})).isTrue();

        finish();
        assertThat(busy).hasValue(2 * places);
    }

    @Test
    void the_part_of_one_address_changes_with_the_whole() throws Exception {
        UploadSlots slots = new UploadSlots(20);
        take(slots, 100);
        await().untilAtomic(busy, count -> assertThat(count.intValue()).isEqualTo(5));

        slots.change(80);

        await().untilAtomic(busy, count -> assertThat(count.intValue()).isEqualTo(20));
        finish();
    }
}
