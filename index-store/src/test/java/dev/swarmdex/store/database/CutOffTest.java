package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreObserver;
import dev.swarmdex.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server that does not hear of the others for longer than history is kept. */
class CutOffTest {

    private static final Duration KEPT = Duration.ofHours(1);

    private final ManualClock clock = new ManualClock();
    private final String url = PostgresServer.shared().newDatabase();
    private final StoreSettings settings = new StoreSettings(url, "postgres", "", Durability.FSYNC, clock, KEPT);

    @Test
    void what_ended_meanwhile_and_is_forgotten_is_no_longer_shown() {
        var held = new Held();
        try (var one = DatabaseStore.open(settings); var two = DatabaseStore.open(settings, held)) {
            long alice = join(one, "alice");
            long bob = join(one, "bob");
            register(one, alice, "goes");
            register(one, bob, "goes, too");
            register(one, alice, "stays");
            long carol = join(one, "carol");
            await().untilAsserted(() -> assertThat(names(two)).containsExactly("goes", "goes, too", "stays"));

            held.next();
            assertThat(two.submit(new Change.Keep(carol))).isNotCancelled();
            held.awaitHeld();
            one.submit(new Change.Deregister(alice, List.of(new Change.Name("goes", Optional.empty())),
                    EndedBy.DEREGISTERED)).join();
            one.submit(new Change.Leave(bob, EndedBy.DEREGISTERED)).join();
            clock.advance(KEPT.multipliedBy(2));
            try (var _ = DatabaseStore.open(settings)) {
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(PostgresServer.rows(url,
                        "select name from peer where number in (select peer from session)")).hasSize(2));
            }
            held.letGo();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(names(two)).containsExactly("stays");
                assertThat(two.lookups().sessions()).extracting(each -> each.presence().peer())
                        .containsExactlyInAnyOrder("alice", "carol");
            });
            register(two, alice, "after");
            await().untilAsserted(() -> assertThat(names(one)).containsExactly("stays", "after"));
        }
    }

    @Test
    void who_has_seen_what_is_forgotten_reads_nothing_anew() {
        try (var one = DatabaseStore.open(settings); var two = DatabaseStore.open(settings)) {
            long alice = join(one, "alice");
            register(one, alice, "goes");
            register(one, alice, "stays");
            one.submit(new Change.Deregister(alice, List.of(new Change.Name("goes", Optional.empty())),
                    EndedBy.DEREGISTERED)).join();
            await().untilAsserted(() -> assertThat(names(two)).containsExactly("stays"));
            var before = two.lookups().session(alice).orElseThrow();
            clock.advance(KEPT.multipliedBy(2));
            try (var _ = DatabaseStore.open(settings)) {
                await().atMost(Duration.ofSeconds(30)).untilAsserted(
                        () -> assertThat(PostgresServer.rows(url, "select count(*) as n from mapping"))
                                .containsExactly(Map.of("n", 1L)));
            }

            join(one, "bob");

            await().untilAsserted(() -> assertThat(two.lookups().sessions()).hasSize(2));
            assertThat(two.lookups().session(alice)).as("the very same, which a load would have made anew")
                    .contains(before);
        }
    }

    /** Keeps a writer from going on after a commit, while it holds no lock. */
    private static final class Held implements StoreObserver {

        private final Semaphore turns = new Semaphore(0);
        private final Semaphore reached = new Semaphore(0);
        private volatile boolean holding;

        void next() {
            holding = true;
        }

        void awaitHeld() {
            reached.acquireUninterruptibly();
        }

        void letGo() {
            holding = false;
            turns.release();
        }

        @Override
        public void committed(int items, Duration took) {
            if (holding) {
                reached.release();
                turns.acquireUninterruptibly();
            }
        }

        @Override
        public void refused(int items) {
            throw new AssertionError("too much waits");
        }
    }

    private static List<String> names(IndexStore store) {
        return store.lookups().all(Cursor.START, 100).listings().stream().map(each -> each.content().name()).toList();
    }

    private static long join(IndexStore store, String name) {
        return store.submit(new Change.Join(new Presence("native", name, name, Identity.NONE, "192.0.2.1", List.of())))
                .join();
    }

    private static void register(IndexStore store, long session, String name) {
        assertThat(store.submit(new Change.Register(session, List.of(new Content(name, Optional.empty(), 1)))).join())
                .containsExactly(Change.Outcome.DONE);
    }
}
