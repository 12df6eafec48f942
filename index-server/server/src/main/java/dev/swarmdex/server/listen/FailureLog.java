package dev.swarmdex.server.listen;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what went wrong on a listener. One hostile client must not fill the log: only the 1st, 2nd, 4th, 8th … failure is
 * logged. A listener goes on after a fault of this program too, whatever that is: without its thread, nobody would be answered.
 * Safe for any number of threads.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final String protocol;
    private final AtomicLong failures = new AtomicLong();

    FailureLog(String protocol) {
        this.protocol = protocol;
    }

    void happened(String what, Throwable e) {
        long count = failures.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.error("{} front-end: {} (failure {})", protocol, what, count, e);
        }
    }
}
