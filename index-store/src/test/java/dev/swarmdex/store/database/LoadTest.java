package dev.swarmdex.store.database;

import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Many submitters at once, and more than the store can take. */
class LoadTest {

    @TempDir
    private Path folder;

    @Test
    void many_submitters_get_all_their_changes_committed_while_readers_see_consistent_pages() throws Exception {
        int peers = 16;
        int contents = 500;
        try (var store = open(InstantSource.system()); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = IntStream.range(0, peers)
                    .mapToObj(peer -> threads.submit(() -> registerAndHalfDeregister(store, "peer" + peer, contents)))
                    .toList();
            while (!workers.stream().allMatch(worker -> worker.isDone())) {
                assertThat(sourcesOf(store, 64)).doesNotHaveDuplicates();
            }
            for (var worker : workers) {
                worker.get();
            }
            assertThat(sourcesOf(store, 10_000)).hasSize(peers * contents / 2);
        }
        try (var store = open(InstantSource.system())) {
            assertThat(sourcesOf(store, 777)).hasSize(peers * contents / 2).doesNotHaveDuplicates();
            assertThat(OwnerSql.rows(url(), "select count(*) as n from mapping").getFirst())
                    .containsEntry("n", (long) peers * contents);
        }
    }

    @Test
    void more_than_can_wait_is_refused_with_a_time_to_come_back_and_all_else_is_committed() {
        var clock = new GatedClock();
        try (var store = open(clock)) {
            long session = store.submit(new Change.Join(presence("alice"))).join();
            clock.close();
            var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
            Optional<BusyException> refused = Optional.empty();
            for (int i = 0; refused.isEmpty(); i++) {
                var answer = store.submit(register(session, i * 1000, 1000));
                answers.add(answer);
                refused = answer.isCompletedExceptionally() && answer.exceptionNow() instanceof BusyException busy
                        ? Optional.of(busy)
                        : Optional.empty();
                assertThat(i).isLessThan(1000);
            }
            assertThat(refused.orElseThrow().retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
            assertThat(store.lookups().session(session)).isPresent();
            clock.open();

            var accepted = answers.subList(0, answers.size() - 1);
            assertThat(accepted).hasSizeGreaterThan(60)
                    .allSatisfy(answer -> assertThat(answer.join()).hasSize(1000).containsOnly(Outcome.DONE));
            assertThat(store.lookups().session(session).orElseThrow().mappings()).isEqualTo(accepted.size() * 1000);
        }
    }

    private static Void registerAndHalfDeregister(IndexStore store, String peer, int contents) {
        long session = store.submit(new Change.Join(presence(peer))).join();
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        for (int i = 0; i < contents; i++) {
            answers.add(store.submit(register(session, i, 1)));
            if (i % 2 == 0) {
                var name = new Change.Name("file" + i, Optional.empty());
                answers.add(store.submit(new Change.Deregister(session, List.of(name), EndedBy.DEREGISTERED)));
            }
        }
        answers.forEach(answer -> assertThat(answer.join()).containsExactly(Outcome.DONE));
        return null;
    }

    private static List<String> sourcesOf(IndexStore store, int limit) {
        var sources = new ArrayList<String>();
        Optional<Cursor> next = Optional.of(Cursor.START);
        while (next.isPresent()) {
            Page page = store.lookups().all(next.get(), limit);
            page.listings().forEach(listing -> listing.sources()
                    .forEach(source -> sources.add(listing.content().name() + " " + source.peer())));
            next = page.next();
        }
        return sources;
    }

    private IndexStore open(InstantSource clock) {
        return DatabaseStore.open(new StoreSettings(url(), "", "", Durability.PROCESS, clock));
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("index");
    }

    private static Presence presence(String name) {
        return new Presence("native", name, name, Identity.NONE, "192.0.2.1", List.of());
    }

    private static Change.Register register(long session, int first, int count) {
        return new Change.Register(session, IntStream.range(first, first + count)
                .mapToObj(i -> new Content("file" + i, Optional.of("sha256-tree:" + i), 1)).toList());
    }

    /** A clock that can keep the writer waiting. */
    private static final class GatedClock implements InstantSource {

        private volatile CountDownLatch gate = new CountDownLatch(0);

        void close() {
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        @Override
        public Instant instant() {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Instant.EPOCH;
        }
    }
}
