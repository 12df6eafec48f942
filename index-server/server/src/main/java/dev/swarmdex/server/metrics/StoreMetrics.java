package dev.swarmdex.server.metrics;

import dev.swarmdex.store.StoreObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.IntStream;

/** Measures how the store commits. Safe for any number of threads. */
final class StoreMetrics implements StoreObserver {

    private static final Duration[] LATENCIES = IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    private static final double[] SIZES = {1, 4, 16, 64, 256, 1_024, 4_096};

    private final Timer commits;
    private final DistributionSummary batches;
    private final Counter rejected;

    StoreMetrics(MeterRegistry registry) {
        commits = Timer.builder("swarmdex.store.commit")
                .description("From a batch's first statement until it is as durable as store.durability says")
                .serviceLevelObjectives(LATENCIES).register(registry);
        batches = DistributionSummary.builder("swarmdex.store.batch").baseUnit("items")
                .description("Contents, names and other changes in a committed batch")
                .serviceLevelObjectives(SIZES).register(registry);
        rejected = Counter.builder("swarmdex.store.rejected").baseUnit("items")
                .description("Changes refused because too many others waited for their commit").register(registry);
    }

    @Override
    public void committed(int items, Duration took) {
        commits.record(took);
        batches.record(items);
    }

    @Override
    public void refused(int items) {
        rejected.increment(items);
    }
}
