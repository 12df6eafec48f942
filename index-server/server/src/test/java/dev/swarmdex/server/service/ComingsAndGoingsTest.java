package dev.swarmdex.server.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.swarmdex.server.FakeTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ComingsAndGoingsTest {

    private static final int MOST = ComingsAndGoings.MOST_A_SECOND;

    private final FakeTime time = new FakeTime();
    private final ComingsAndGoings log = new ComingsAndGoings(time);
    private final Logger logger = (Logger) LoggerFactory.getLogger(ComingsAndGoings.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void a_flood_of_peers_is_a_few_lines_and_a_sum() {
        tell(MOST + 5);
        assertThat(lines()).hasSize(MOST).contains("peer 1 joined", "peer " + MOST + " joined");
        log.sumUp();
        assertThat(lines()).hasSize(MOST);

        time.pass(Duration.ofSeconds(1));
        log.sumUp();

        assertThat(lines()).hasSize(MOST + 1).last().asString().startsWith("5 more peers came or went");
        tell(1);
        assertThat(lines()).hasSize(MOST + 2).last().isEqualTo("peer 1 joined");
    }

    @Test
    void where_few_come_there_is_no_sum() {
        tell(3);
        time.pass(Duration.ofSeconds(2));
        log.sumUp();
        assertThat(lines()).containsExactly("peer 1 joined", "peer 2 joined", "peer 3 joined");
    }

    @Test
    void at_level_debug_all_are_told() {
        logger.setLevel(Level.DEBUG);
        tell(3 * MOST);
        assertThat(lines()).hasSize(3 * MOST);
    }

    private void tell(int peers) {
        for (int peer = 1; peer <= peers; peer++) {
            log.tell("peer {} joined", peer);
        }
    }

    private List<String> lines() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
