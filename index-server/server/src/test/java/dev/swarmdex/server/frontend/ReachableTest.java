package dev.swarmdex.server.frontend;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A list's work is bounded, whatever the index has. */
class ReachableTest {

    @TempDir
    Path folder;
    private final AtomicInteger lookedAt = new AtomicInteger();
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;

    @BeforeEach
    void open() {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS));
        service = new IndexService(store, Map.of("pdu", Duration.ofHours(24)), new FakeTime());
        await().until(() -> store.lookups().complete());
    }

    @AfterEach
    void close() {
        service.close();
        store.close();
    }

    private void offers(String host, int contents) {
        Presence presence = new Presence("pdu", host + ":8124", host + ":8124", Identity.NONE, host,
                List.of(new Endpoint("pdu", host, 8124)));
        List<String> names = IntStream.range(0, contents).mapToObj(number -> "content " + number).toList();
        assertThat(new SeedSessions(service, "pdu").register(presence, names).join()).containsOnly(Outcome.DONE);
    }

    private Reachable reachable(Predicate<String> fits) {
        return new Reachable(service.lookups(), "pdu", _ -> true, name -> {
            lookedAt.incrementAndGet();
            return fits.test(name);
        });
    }

    @Test
    void a_full_list_looks_at_nothing_more() {
        offers("192.0.2.1", Reachable.MOST_LISTED + 1000);
        offers("192.0.2.2", 1000);

        assertThat(reachable(_ -> true).shelves()).singleElement()
                .satisfies(shelf -> assertThat(shelf.names()).hasSize(Reachable.MOST_LISTED));
        assertThat(lookedAt).hasValue(Reachable.MOST_LISTED);
    }

    @Test
    void names_that_do_not_fit_are_looked_at_in_bounded_number_too() {
        offers("192.0.2.1", Reachable.MOST_LOOKED_AT + 1000);
        offers("192.0.2.2", 1000);

        assertThat(reachable(_ -> false).shelves()).isEmpty();
        assertThat(lookedAt).hasValue(Reachable.MOST_LOOKED_AT);
    }
}
