package dev.swarmdex.server.metrics;

import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreObserver;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * All that a server measures. The front-ends count for themselves, so that a request costs one addition; their counts are read
 * when somebody asks. Safe for any number of threads.
 */
public final class ServerMetrics implements AutoCloseable {

    private static final String FRONT_END = "frontend";
    private static final Map<String, ToDoubleFunction<Tally.Counts>> ERRORS = Map.of(
            "refused", Tally.Counts::refused,
            "unproven", Tally.Counts::unproven,
            "malformed", Tally.Counts::malformed,
            "ignored", Tally.Counts::ignored,
            "limited", Tally.Counts::limited,
            "shed", Tally.Counts::shed);

    /** No type of request is called so. */
    private static final String ERRORS_AND_LOOKUPS = "";

    private record Counted(String protocol, String what) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** The front-ends' counters that are in the registry, by protocol and what they count. */
    private final Set<Counted> registered = ConcurrentHashMap.newKeySet();
    private final StoreMetrics store = new StoreMetrics(registry);

    /** Measures of the process; the others begin with {@link #watch}. */
    public ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    /** What observes the store's commits. */
    public StoreObserver storeObserver() {
        return store;
    }

    /** Measures what is open in that store, and what waits to be. */
    public void watch(IndexStore index) {
        Gauge.builder("swarmdex.mappings", index, IndexStore::mappings).description("Mappings that are open")
                .register(registry);
        Gauge.builder("swarmdex.peers", index, each -> each.lookups().sessions().size())
                .description("Sessions of peers that are open").register(registry);
        Gauge.builder("swarmdex.store.queue", index, IndexStore::waiting).baseUnit("items")
                .description("Changes that wait for their commit").register(registry);
    }

    /** All measures of the server and of these front-ends now, in Prometheus's text form. */
    public String scrape(List<FrontEnd> frontEnds) {
        frontEnds.forEach(this::register);
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }

    /** Registers what is not yet: types of requests show with the first one. */
    private void register(FrontEnd frontEnd) {
        frontEnd.tally().requests().keySet().stream().filter(type -> isNew(frontEnd, type))
                .forEach(type -> FunctionCounter
                        .builder("swarmdex.requests", frontEnd, each -> each.tally().requests().getOrDefault(type, 0L))
                        .description("Well-formed requests").tag(FRONT_END, frontEnd.protocol()).tag("type", type)
                        .register(registry));
        if (!isNew(frontEnd, ERRORS_AND_LOOKUPS)) {
            return;
        }
        ERRORS.forEach((kind, count) -> FunctionCounter
                .builder("swarmdex.errors", frontEnd, each -> count.applyAsDouble(each.tally()))
                .description("Requests and messages that were not served").tag(FRONT_END, frontEnd.protocol())
                .tag("kind", kind).register(registry));
        FunctionCounter.builder("swarmdex.lookups", frontEnd, each -> each.tally().lookups())
                .description("Searches and lists that were answered").tag(FRONT_END, frontEnd.protocol())
                .register(registry);
    }

    private boolean isNew(FrontEnd frontEnd, String what) {
        return registered.add(new Counted(frontEnd.protocol(), what));
    }
}
