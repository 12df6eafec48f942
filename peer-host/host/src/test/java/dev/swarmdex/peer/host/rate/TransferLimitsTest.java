package dev.swarmdex.peer.host.rate;

import dev.swarmdex.config.DataRate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class TransferLimitsTest {

    private static final DataRate UNLIMITED = DataRate.UNLIMITED;

    private final WritableByteChannel target = Channels.newChannel(new ByteArrayOutputStream());

    @Test
    void sends_all_of_a_range_in_order() throws IOException {
        AtomicLong next = new AtomicLong(7);

        limits(new TransferSettings(DataRate.parse("100MB/s"), UNLIMITED, UNLIMITED, 1)).send(7, 1_000_000, target,
                (offset, length) -> assertThat(next.getAndAdd(length)).isEqualTo(offset));

        assertThat(next).hasValue(1_000_007);
    }

    @Test
    void the_slower_it_is_the_less_is_sent_at_once_so_that_nobody_waits_long_for_the_next_bytes() throws IOException {
        List<Long> lengths = new ArrayList<>();

        limits(new TransferSettings(UNLIMITED, UNLIMITED, DataRate.parse("2kB/s"), 1)).send(0, 4096, target,
                (offset, length) -> lengths.add(length));

        assertThat(lengths).hasSize(8).containsOnly(512L);
    }

    @Test
    void no_more_send_at_a_time_than_there_are_slots_and_the_others_get_their_turn() throws Exception {
        TransferLimits limits = limits(new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 2));
        AtomicInteger sending = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    limits.send(0, 1, target, (offset, length) -> {
                        most.accumulateAndGet(sending.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(100_000);
                        sending.decrementAndGet();
                    });
                    done.incrementAndGet();
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            }));
        }
        for (Thread each : threads) {
            each.join();
        }

        assertThat(done).hasValue(50);
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void a_slot_that_is_added_later_lets_one_more_send() throws Exception {
        TransferLimits limits = limits(new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 1));
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger sending = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofVirtual().start(() -> hold(limits, sending, end)));
        }
        await().untilAtomic(sending, count -> assertThat(count.intValue()).isEqualTo(1));

        limits.change(new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 2));

        await().untilAtomic(sending, count -> assertThat(count.intValue()).isEqualTo(2));
        end.countDown();
        for (Thread each : threads) {
            each.join();
        }
    }

    @Test
    void who_waits_for_a_slot_ends_with_its_connection() throws Exception {
        TransferLimits limits = limits(new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 1));
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger sending = new AtomicInteger();
        Thread holder = Thread.ofVirtual().start(() -> hold(limits, sending, end));
        await().untilAtomic(sending, count -> assertThat(count.intValue()).isEqualTo(1));
        target.close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> limits.send(0, 1, target, (offset, length) -> {}))
                .withMessageContaining("closed");
        end.countDown();
        holder.join();
    }

    @Test
    void who_waits_for_a_limit_ends_with_its_connection() throws IOException {
        TransferLimits limits = limits(new TransferSettings(DataRate.parse("1B/s"), UNLIMITED, UNLIMITED, 1));
        target.close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> limits.send(0, 1 << 20, target, (offset, length) -> {}))
                .withMessage("the connection was closed");
        // and its slot is free again
        limits.change(new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 1));
        limits.send(0, 1, target, (offset, length) -> {});
    }

    @Test
    void without_a_slot_nothing_would_ever_be_sent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TransferSettings(UNLIMITED, UNLIMITED, UNLIMITED, 0))
                .withMessageContaining("upload-slots");
    }

    private static TransferLimits limits(TransferSettings settings) {
        return new TransferLimits(settings);
    }

    private void hold(TransferLimits limits, AtomicInteger sending, CountDownLatch end) {
        try {
            limits.send(0, 1, target, (offset, length) -> {
                sending.incrementAndGet();
                awaitUninterruptibly(end);
            });
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }
}
