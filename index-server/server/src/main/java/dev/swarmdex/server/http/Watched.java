package dev.swarmdex.server.http;

import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Offenders;
import dev.swarmdex.server.metrics.ServerMetrics;
import dev.swarmdex.server.sql.SeparateQueries;
import dev.swarmdex.store.IndexStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page and the API show of a server.
 *
 * @param frontEnds those that listen now
 * @param obstacle why it is not ready to serve, if it is not; but for what the store is still loading
 * @param queries what answers queries in SQL; empty where nobody may ask them
 * @param started when the server started
 */
public record Watched(IndexStore store, Supplier<List<FrontEnd>> frontEnds, Offenders offenders, ServerMetrics metrics,
        Supplier<Optional<String>> obstacle, Optional<SeparateQueries> queries, String version, Instant started) {

    /** Why it is not ready; empty when it is. */
    Optional<String> unready() {
        return obstacle.get().or(() -> store.lookups().complete()
                ? Optional.empty()
                : Optional.of("the index is still being loaded; lookups are answered, more slowly"));
    }
}
