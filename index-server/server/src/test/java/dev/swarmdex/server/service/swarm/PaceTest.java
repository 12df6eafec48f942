package dev.swarmdex.server.service.swarm;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {

    private final Pace pace = new Pace(1000);

    @Test
    void slow_work_takes_an_eighth_of_the_time() {
        assertThat(pace.rest(10, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void quick_work_writes_no_more_rows_than_it_may() {
        assertThat(pace.rest(500, Duration.ofMillis(20))).isEqualTo(Duration.ofMillis(480));
    }

    @Test
    void a_database_that_hangs_for_a_minute_is_tried_again_after_seconds() {
        assertThat(pace.rest(1, Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void where_nothing_waits_it_looks_again_soon() {
        assertThat(pace.rest(0, Duration.ofNanos(100))).isEqualTo(Pace.IDLE);
    }
}
