package dev.swarmdex.server.metrics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Tally;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ServerMetricsTest {

    private record Request() {}

    private record Later() {}

    @Test
    void each_scrape_tells_the_counts_of_now_and_registers_nothing_twice() {
        Logger log = (Logger) LoggerFactory.getLogger("io.micrometer");
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        Level before = log.getLevel();
        log.setLevel(Level.DEBUG);
        log.addAppender(told);
        CountingFrontEnd frontEnd = new CountingFrontEnd();
        try (ServerMetrics metrics = new ServerMetrics()) {
            frontEnd.tally.request(Request.class);
            assertThat(metrics.scrape(List.of(frontEnd))).contains(count("request", 1));
            frontEnd.tally.request(Request.class);
            frontEnd.tally.request(Later.class);
            frontEnd.tally.limited();
            assertThat(metrics.scrape(List.of(frontEnd))).contains(count("request", 2), count("later", 1),
                    "swarmdex_errors_total{frontend=\"test\",kind=\"limited\"} 1.0");
        } finally {
            log.detachAppender(told);
            log.setLevel(before);
        }
        assertThat(told.list).noneMatch(event -> event.getFormattedMessage().contains("already registered"));
    }

    private static String count(String type, int requests) {
        return "swarmdex_requests_total{frontend=\"test\",type=\"" + type + "\"} " + requests + ".0";
    }

    /** A front-end that only counts. */
    private static final class CountingFrontEnd implements FrontEnd {

        private final Tally tally = new Tally();

        @Override
        public String protocol() {
            return "test";
        }

        @Override
        public void start() {}

        @Override
        public InetSocketAddress address() {
            return InetSocketAddress.createUnresolved("nowhere", 1);
        }

        @Override
        public Tally.Counts tally() {
            return tally.counts();
        }

        @Override
        public void close() {}
    }
}
