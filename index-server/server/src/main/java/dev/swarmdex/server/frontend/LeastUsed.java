package dev.swarmdex.server.frontend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spreads clients over servers: of several servers the one that was named least often so far, so that a client that asks
 * again is sent to another one. It remembers a bounded number of servers. For one thread.
 */
public final class LeastUsed {

    private static final int REMEMBERED = 10_000;

    private final Map<Long, Long> uses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** One of the servers, which counts as used once more; the first of equals; none if there are none. */
    public Optional<Reachable.Server> pick(List<Reachable.Server> servers) {
        Reachable.Server best = null;
        long fewest = Long.MAX_VALUE;
        for (Reachable.Server server : servers) {
            long count = uses.getOrDefault(server.session(), 0L);
            if (count < fewest) {
                best = server;
                fewest = count;
            }
        }
        if (best != null) {
            uses.merge(best.session(), 1L, Long::sum);
        }
        return Optional.ofNullable(best);
    }
}
