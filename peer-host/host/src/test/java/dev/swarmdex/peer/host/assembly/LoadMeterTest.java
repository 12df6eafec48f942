package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.protocol.nativeudp.Load;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadMeterTest {

    private long now = Long.MAX_VALUE - 5;
    private final LoadMeter meter = new LoadMeter(() -> now);

    @Test
    void an_idle_host_has_no_load() {
        pass(40);
        assertThat(meter.tell()).isEqualTo(new Load(0, 0));
    }

    @Test
    void uploads_are_counted_on_average_and_bytes_while_there_are_uploads() {
        meter.begin();
        meter.begin();
        pass(10);
        meter.sent(1_000_000);
        meter.end();
        meter.sent(3_000_000);
        meter.end();
        pass(10);
        assertThat(meter.tell()).isEqualTo(new Load(1, 400_000));
        meter.begin();
        pass(1);
        meter.sent(5_000);
        meter.end();
        pass(4);
        assertThat(meter.tell()).isEqualTo(new Load(0, 5_000));
    }

    @Test
    void what_was_told_is_not_told_again() {
        meter.begin();
        pass(5);
        meter.sent(50_000);
        meter.end();
        assertThat(meter.tell()).isEqualTo(new Load(1, 10_000));
        pass(5);
        assertThat(meter.tell()).isEqualTo(new Load(0, 0));
    }

    @Test
    void uploads_that_go_on_count_all_the_time() {
        meter.begin();
        meter.begin();
        meter.begin();
        pass(5);
        assertThat(meter.tell().uploads()).isEqualTo(3);
        pass(5);
        assertThat(meter.tell().uploads()).isEqualTo(3);
    }

    @Test
    void what_an_upload_has_sent_counts_before_it_ends() {
        meter.begin();
        pass(5);
        meter.sent(50_000);
        assertThat(meter.tell()).isEqualTo(new Load(1, 10_000));
        pass(5);
        meter.sent(100_000);
        assertThat(meter.tell()).isEqualTo(new Load(1, 20_000));
    }

    @Test
    void telling_twice_at_once_is_no_problem() {
        meter.begin();
        pass(5);
        meter.tell();
        assertThat(meter.tell()).isEqualTo(new Load(0, 0));
    }

    private void pass(int seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }
}
