package dev.swarmdex.bench;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Registrations straight into the store, in changes as small as datagrams, many of them under way at once. */
final class StoreLoad implements AutoCloseable {

    /** What fits a datagram. */
    private static final int ITEMS = 16;
    private static final int UNDER_WAY = 2048;

    private final IndexStore store;
    private final long session;
    private final Semaphore underWay = new Semaphore(UNDER_WAY);

    StoreLoad(Path folder, Durability durability) {
        store = DatabaseStore.open(StoreSettings.of(url(folder), durability));
        session = store.submit(new Change.Join(Sample.presence("alice"))).join();
    }

    static String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("index");
    }

    /** Registers that many contents and returns how many were answered in a second. */
    double register(int first, int count) {
        return timed(first, count, from -> store.submit(new Change.Register(session, Sample.contents(from, ITEMS))));
    }

    /** Deregisters them again. */
    double deregister(int first, int count) {
        return timed(first, count, from -> store.submit(new Change.Deregister(session, names(from),
                EndedBy.DEREGISTERED)));
    }

    @Override
    public void close() {
        store.close();
    }

    private interface Load {
        CompletableFuture<?> from(int number);
    }

    private double timed(int first, int count, Load load) {
        long start = System.nanoTime();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        for (int from = first; from < first + count; from += ITEMS) {
            underWay.acquireUninterruptibly();
            var _ = load.from(from).whenComplete((_, failure) -> {
                failed.compareAndSet(null, failure);
                underWay.release();
            });
        }
        underWay.acquireUninterruptibly(UNDER_WAY);
        underWay.release(UNDER_WAY);
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static List<Change.Name> names(int first) {
        return IntStream.range(first, first + ITEMS)
                .mapToObj(number -> new Change.Name(Sample.name(number), Optional.empty())).toList();
    }
}
