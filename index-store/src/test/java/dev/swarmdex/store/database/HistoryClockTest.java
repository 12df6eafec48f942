package dev.swarmdex.store.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(HistoryClock.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Instant now = NOON;
    private final HistoryClock clock = new HistoryClock(() -> now);

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void a_clock_that_is_set_back_a_little_costs_order_nothing_and_is_no_news() {
        assertThat(clock.after(NOON.minusSeconds(1))).isEqualTo(NOON);
        assertThat(clock.after(NOON.plusSeconds(30))).isEqualTo(NOON.plusSeconds(30).plusNanos(1_000));

        assertThat(log.list).isEmpty();
    }

    @Test
    void a_history_from_the_future_is_told_once_and_so_is_its_end() {
        Instant future = Instant.parse("2036-01-01T00:00:00Z");
        Instant first = clock.after(future);
        Instant second = clock.after(first);

        assertThat(second).isAfter(first).isAfter(future);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage()).contains("2036-01-01T00:00:00Z", "2026-03-01T12:00:00Z", "set it");
        });

        now = future.plusSeconds(1);
        assertThat(clock.after(second)).isEqualTo(now);
        assertThat(log.list).hasSize(2);
    }
}
