package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreObserver;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.state.Names;
import dev.swarmdex.store.state.ReadModel;
import dev.swarmdex.store.state.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A fault of this program after a commit, half-way through showing it. */
class FaultTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_committed_is_shown_all_the_same() {
        var settings = StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS);
        try (var store = new Faulty(settings)) {
            long alice = store.submit(join("alice")).join();
            store.submit(register(alice, "one")).join();

            var answer = store.submit(register(alice, "two", Faulty.NAME, "three"));

            assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreException.class);
            store.awaitShown("one", "two", Faulty.NAME, "three");
            assertThat(store.submit(register(alice, "four")).join()).containsExactly(Change.Outcome.DONE);
            store.awaitShown("one", "two", Faulty.NAME, "three", "four");
        }
    }

    @Test
    void what_another_server_committed_is_shown_once() {
        var settings = PostgresServer.settings(PostgresServer.shared().newDatabase(), InstantSource.system());
        try (var other = DatabaseStore.open(settings); var store = new Faulty(settings)) {
            long alice = other.submit(join("alice")).join();

            other.submit(register(alice, "two", Faulty.NAME, "three")).join();

            store.awaitShown("two", Faulty.NAME, "three");
            other.submit(register(alice, "four")).join();
            store.awaitShown("two", Faulty.NAME, "three", "four");
        }
    }

    /** A store whose read model fails once, at that name. */
    private static final class Faulty implements Names, AutoCloseable {

        private static final String NAME = "faulty";

        private final AtomicBoolean failed = new AtomicBoolean();
        private final Inbox inbox = new Inbox(1_000);
        private final ReadModel model = new ReadModel(this);
        private final Writer writer;
        private final Thread thread;

        Faulty(StoreSettings settings) {
            var database = Database.of(settings);
            writer = new Writer(database, database.open(), settings, model, StoreObserver.NONE);
            writer.prepare();
            thread = Thread.ofPlatform().start(() -> writer.run(inbox));
        }

        <R> CompletableFuture<R> submit(Change<R> change) {
            var submission = new Submission<>(change);
            assertThat(inbox.offer(submission)).isEqualTo(Inbox.Answer.ACCEPTED);
            return submission.answer();
        }

        void awaitShown(String... names) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(model.complete()).isTrue();
                assertThat(model.all(Cursor.START, 100).listings().stream().map(each -> each.content().name()).toList())
                        .containsExactlyInAnyOrder(names);
                assertThat(model.shown()).isEqualTo(names.length);
            });
        }

        @Override
        public void opened(long number, String name) {
            if (name.equals(NAME) && !failed.getAndSet(true)) {
                throw new IllegalStateException("the fault of a test");
            }
        }

        @Override
        public void ended(long number) {
            // not kept
        }

        @Override
        public void forget() {
            // nothing is kept
        }

        @Override
        public void learn(Source open) {
            // not kept
        }

        @Override
        public Optional<Found> find(Words words, long from, int most) {
            return Optional.empty();
        }

        @Override
        public void close() {
            inbox.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            writer.close();
        }
    }

    private static Change.Join join(String name) {
        return new Change.Join(new Presence("native", name, name, Identity.NONE, "192.0.2.1", List.of()));
    }

    private static Change.Register register(long session, String... names) {
        return new Change.Register(session,
                Stream.of(names).map(name -> new Content(name, Optional.empty(), 1)).toList());
    }
}
