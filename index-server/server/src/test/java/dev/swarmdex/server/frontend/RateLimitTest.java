package dev.swarmdex.server.frontend;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.listen.Sender;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RateLimitTest {

    private static final int RATE = 100;
    private static final int BURST = (int) (RATE * RateLimit.BURST_SECONDS);
    private static final Sender ALICE = TestSender.of("192.0.2.1");

    private final FakeTime time = new FakeTime();
    private final RateLimit limit = new RateLimit(time, new SecureRandom());

    private int admitted(Sender sender, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += limit.admits(sender, 0) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void without_a_limit_everything_is_admitted() {
        assertThat(admitted(ALICE, 100_000)).isEqualTo(100_000);
    }

    @Test
    void who_was_silent_may_send_a_burst_and_then_goes_by_the_rate() {
        limit.set(RATE);
        assertThat(admitted(ALICE, 10 * BURST)).isEqualTo(BURST);
        for (int second = 0; second < 5; second++) {
            time.pass(Duration.ofSeconds(1));
            assertThat(admitted(ALICE, 10 * BURST)).isEqualTo(RATE);
        }
        time.pass(Duration.ofDays(1));
        assertThat(admitted(ALICE, 10 * BURST)).isEqualTo(BURST);
    }

    @Test
    void who_keeps_to_the_rate_is_always_admitted() {
        limit.set(RATE);
        for (int i = 0; i < 100 * RATE; i++) {
            assertThat(limit.admits(ALICE, 0)).isTrue();
            time.pass(Duration.ofSeconds(1).dividedBy(RATE));
        }
    }

    @Test
    void addresses_and_kinds_are_limited_each_for_itself() {
        limit.set(RATE);
        assertThat(admitted(ALICE, BURST + 1)).isEqualTo(BURST);
        assertThat(admitted(TestSender.of("192.0.2.2"), BURST + 1)).isEqualTo(BURST);
        assertThat(admitted(TestSender.of("2001:db8::1"), BURST + 1)).isEqualTo(BURST);
        assertThat(admitted(TestSender.of("2001:db8::2"), BURST + 1)).isEqualTo(BURST);
        assertThat(limit.admits(ALICE, 1)).isTrue();
        assertThat(limit.admits(ALICE, 0)).isFalse();
    }

    @Test
    void the_wrap_of_the_clock_admits_nobody_more_or_less() {
        Random random = new Random(1);
        limit.set(RATE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(admitted(ALICE, 3 * BURST)).isEqualTo(BURST);
            time.pass(Duration.ofSeconds(2).plusNanos(random.nextLong(Duration.ofHours(1).toNanos())));
        }
    }

    @Test
    void more_sources_than_places_are_forgiven_a_burst_and_cost_no_memory() {
        limit.set(RATE);
        for (int source = 0; source < 300_000; source++) {
            assertThat(limit.admits(TestSender.number(source), 0)).isTrue();
        }
        assertThat(admitted(ALICE, 10 * BURST)).isEqualTo(BURST);
    }

    @Test
    void a_limit_can_change_at_any_time() {
        limit.set(RATE);
        assertThat(admitted(ALICE, 10 * BURST)).isEqualTo(BURST);
        limit.set(0);
        assertThat(limit.admits(ALICE, 0)).isTrue();
        assertThatThrownBy(() -> limit.set(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limit.set(RateLimit.HIGHEST + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
