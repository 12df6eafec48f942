package dev.swarmdex.peer.host.plugin;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a plugin behaves at work: one that fails again and again in ways that the api does not allow, with nothing between
 * that went well, is switched off until its jar is replaced or the host starts again. An IOException is no misconduct,
 * peers fail all the time. Safe for many threads.
 */
final class Conduct {

    /** The failures in a row after which a plugin is switched off. */
    static final int MOST_FAILURES = 5;

    /** A plugin with so many calls that were given up and still go on gets no further ones: each has a thread. */
    static final int MOST_LEFT_BEHIND = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

    private final String jar;
    private final AtomicInteger leftBehind = new AtomicInteger();
    private volatile int failures;
    private volatile @Nullable String offReason;

    Conduct(String jar) {
        this.jar = jar;
    }

    void succeeded() {
        if (failures != 0) {
            failures = 0;
        }
    }

    /**
     * Takes note of a failure, and logs it.
     *
     * @param what the plugin did, say {@code transport tcp: connect}
     * @return what the caller may throw on
     */
    PluginFailedException failed(String what, Throwable thrown) {
        PluginFailedException failure = new PluginFailedException(what + " failed: " + thrown, thrown);
        if (!(thrown instanceof OutOfMemoryError)) { // which hits anybody, whoever wasted the memory
            LOG.warn("plugin {}: {} failed", jar, what, thrown);
            count(what + " threw " + thrown);
        }
        return failure;
    }

    /** Takes note of a call that did not end in time, and logs it. */
    PluginFailedException hung(String what, String limit) {
        String reason = what + " did not end within " + limit;
        LOG.warn("plugin {}: {}", jar, reason);
        count(reason);
        return new PluginFailedException(reason, null);
    }

    /** Takes note of a call that was given up and still goes on. */
    void leftBehind() {
        leftBehind.incrementAndGet();
    }

    /** Takes note that such a call has ended after all. */
    void cameBack() {
        leftBehind.decrementAndGet();
    }

    boolean hasManyLeftBehind() {
        return leftBehind.get() >= MOST_LEFT_BEHIND;
    }

    private synchronized void count(String reason) {
        failures++;
        if (failures >= MOST_FAILURES && offReason == null) {
            offReason = "it failed " + failures + " times in a row, at last: " + reason
                    + "; replace its jar, or start the host again";
            LOG.error("plugin {} is switched off: {}", jar, offReason);
        }
    }

    /** Why the plugin is switched off; empty while it is not. */
    Optional<String> offReason() {
        return Optional.ofNullable(offReason);
    }
}
