package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final AtomicLong now = new AtomicLong(-5);

    private Pace pace(Offer.Sink sink) {
        return new Pace(sink, PERIOD, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    @Test
    void a_byte_now_and_then_is_slow_and_silence_is() throws IOException {
        Pace dripping = pace(_ -> {});
        Pace silent = pace(_ -> {});
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(5));
            dripping.accept(bytes(1));
        }
        assertThat(dripping.isSlow()).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(dripping.isSlow()).isTrue();
        assertThat(silent.isSlow()).isTrue();
    }

    @Test
    void one_that_becomes_fast_again_is_not_slow_any_more() throws IOException {
        Pace pace = pace(_ -> {});
        pass(PERIOD);
        assertThat(pace.isSlow()).isTrue();
        pace.accept(bytes(1_000_000));
        pass(PERIOD);
        assertThat(pace.isSlow()).isFalse();
    }

    @Test
    void what_our_own_limit_holds_up_is_not_slow() throws IOException {
        Pace pace = pace(_ -> pass(Duration.ofMinutes(1)));
        for (int i = 0; i < 100; i++) {
            pace.accept(bytes(1000));
            assertThat(pace.isSlow()).isFalse();
        }
    }
}
