package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.Server;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server whose plugin was replaced or taken away: it serves those that are connected until they have what they want. */
final class RetiringServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetiringServer.class);

    /**
     * When nobody has asked it for anything for that long, it is not needed any more. Longer than servers let a client take for
     * its next words in the middle of a transfer, which is ten seconds.
     */
    private static final Duration QUIET = Duration.ofSeconds(12);
    /** It is closed after this, even if it is needed: who still reads finds the new one, or another peer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMillis(200);

    private final String scheme;
    private final Server server;
    private final Traffic traffic;
    private final Thread thread;

    private RetiringServer(String scheme, Server server, Traffic traffic) {
        this.scheme = scheme;
        this.server = server;
        this.traffic = traffic;
        this.thread = Thread.ofVirtual().name("retire-" + scheme).unstarted(this::run);
    }

    /** Stops listening now, and closes the server later. */
    static RetiringServer start(String scheme, Server server, Traffic traffic) {
        RetiringServer retiring = new RetiringServer(scheme, server, traffic);
        server.stopListening();
        retiring.thread.start();
        return retiring;
    }

    boolean isClosed() {
        return !thread.isAlive();
    }

    private void run() {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (!traffic.hasBeenQuietFor(QUIET) && System.nanoTime() < deadline) {
                Thread.sleep(TICK);
            }
        } catch (InterruptedException closing) {
            LOG.debug("transport {}: the host is closing, running transfers end", scheme);
        } finally {
            server.close();
        }
        LOG.info("transport {}: the server of the former plugin is closed", scheme);
    }

    /** Closes the server at once. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
