package dev.swarmdex.peer.host.rate;

import dev.swarmdex.config.DataRate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RateLimitTest {

    private static final int BLOCK = 64 << 10;

    private final FakeClock clock = new FakeClock();

    /** Time passes only while somebody sleeps, and when a test says so. */
    private static final class FakeClock implements RateLimit.Clock {

        private long now = -1;
        private long slept;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
            slept += nanos;
        }

        double sleptSeconds() {
            return slept / 1e9;
        }
    }

    @Test
    void lets_through_as_much_as_the_rate_says() {
        RateLimit limit = limit("20MB/s");

        take(limit, 200_000_000);

        assertThat(clock.sleptSeconds()).isCloseTo(10, within(0.11));
    }

    @Test
    void at_a_low_rate_little_is_asked_for_and_taken_at_once() {
        assertThat(limit("2kB/s").slice()).isEqualTo(512);
        assertThat(limit("80kB/s").slice()).isEqualTo(10_000);
        assertThat(limit("20MB/s").slice()).isEqualTo(64 << 10);
        assertThat(limit("1B/s").order(BLOCK)).isEqualTo(4 << 10);
        assertThat(limit("8kB/s").order(BLOCK)).isEqualTo(16_000);
        assertThat(limit("8kB/s").order(100)).isEqualTo(100);
        assertThat(limit("20MB/s").order(BLOCK)).isEqualTo(BLOCK);
        assertThat(limit("unlimited").order(BLOCK)).isEqualTo(BLOCK);
    }

    @Test
    void does_not_make_up_for_an_idle_time_but_by_a_short_burst() {
        RateLimit limit = limit("20MB/s");
        take(limit, 20_000_000);
        clock.now += TimeUnit.MINUTES.toNanos(5);
        clock.slept = 0;

        take(limit, 20_000_000);

        assertThat(clock.sleptSeconds()).isBetween(0.89, 1.0);
    }

    @Test
    void one_question_may_be_for_more_than_a_burst() {
        RateLimit limit = limit("1kB/s");
        take(limit, BLOCK);

        limit.await(10_000, () -> false);

        assertThat(clock.sleptSeconds()).isCloseTo(10, within(0.01));
    }

    @Test
    void nobody_waits_where_there_is_no_limit() {
        RateLimit limit = limit("unlimited");

        take(limit, 1_000_000_000);

        assertThat(clock.sleptSeconds()).isZero();
        assertThat(limit.isUnlimited()).isTrue();
    }

    @Test
    void a_change_holds_for_those_who_wait_already() {
        RateLimit limit = limit("1kB/s");
        take(limit, BLOCK);

        boolean passed = limit.await(1_000_000, () -> {
            limit.change(DataRate.parse("1MB/s"));
            return false;
        });

        assertThat(passed).isTrue();
        assertThat(clock.sleptSeconds()).isBetween(0.9, 1.2);
    }

    @Test
    void a_limit_that_comes_later_begins_without_debts_and_without_savings() {
        RateLimit limit = limit("unlimited");
        take(limit, 1_000_000_000);
        clock.now += TimeUnit.HOURS.toNanos(1);
        limit.change(DataRate.parse("20MB/s"));

        take(limit, 20_000_000);

        assertThat(clock.sleptSeconds()).isBetween(0.89, 1.01);
    }

    @Test
    void who_gives_up_is_told_so_at_once() {
        RateLimit limit = limit("1kB/s");
        take(limit, BLOCK);

        assertThat(limit.await(1_000_000, () -> true)).isFalse();
        assertThat(clock.sleptSeconds()).isZero();
    }

    @Test
    void is_idle_once_its_burst_is_whole_again() {
        RateLimit limit = limit("20MB/s");
        assertThat(limit.isIdle()).isTrue();

        take(limit, 1_000_000);
        assertThat(limit.isIdle()).isFalse();

        clock.now += TimeUnit.MILLISECONDS.toNanos(100);
        assertThat(limit.isIdle()).isTrue();
    }

    private RateLimit limit(String rate) {
        return new RateLimit(DataRate.parse(rate), clock);
    }

    private static void take(RateLimit limit, int bytes) {
        for (int left = bytes; left > 0; left -= BLOCK) {
            assertThat(limit.await(Math.min(BLOCK, left), () -> false)).isTrue();
        }
    }
}
