package dev.swarmdex.server.service;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.History;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.SwarmChange;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What becomes of peers that go while the database can't be written. */
class FailedDeparturesTest {

    private static final Presence ALICE = new Presence("lines", "alice", "alice", Identity.NONE, "192.0.2.1",
            List.of(new Endpoint("lines", "192.0.2.1", 7118)));

    @TempDir
    Path folder;
    @SuppressWarnings("NullAway.Init")
    private SickStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;

    @BeforeEach
    void open() {
        store = new SickStore(DatabaseStore
                .open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS)));
        service = new IndexService(store, Map.of("lines", Duration.ofHours(24)), new FakeTime());
    }

    @AfterEach
    void close() {
        service.close();
        store.close();
    }

    private Session register(int contents) {
        Session session = service.join(ALICE).join();
        service.register(session, IntStream.range(0, contents)
                .mapToObj(i -> new Content("file " + i, Optional.empty(), -1)).toList()).join();
        return session;
    }

    private void leaveInVain(Session session) {
        store.sick = true;
        assertThatThrownBy(service.leave(session, EndedBy.DISCONNECTED)::join).hasMessageContaining("disk is full");
    }

    private List<Optional<EndedBy>> ends() {
        return store.history().ofName("file 0", Long.MAX_VALUE, 10).entries().stream().map(History.Entry::endedBy)
                .toList();
    }

    @Test
    void what_they_offered_ends_with_their_reason_as_soon_as_the_database_works_again() {
        Session session = register(1);
        leaveInVain(session);
        service.sweep();
        assertThat(ends()).containsExactly(Optional.empty());

        store.sick = false;
        service.sweep();
        await().until(() -> service.lookups().session(session.number()).isEmpty());
        assertThat(ends()).containsExactly(Optional.of(EndedBy.DISCONNECTED));
    }

    @Test
    void what_ends_part_by_part_does_so_too() {
        Session session = register(3 * Endings.PART);
        leaveInVain(session);
        store.sick = false;
        service.sweep();
        await().until(() -> service.lookups().session(session.number()).isEmpty());
        assertThat(ends()).containsExactly(Optional.of(EndedBy.DISCONNECTED));
    }

    @Test
    void who_comes_back_before_that_begins_anew() {
        Session session = register(1);
        leaveInVain(session);
        store.sick = false;
        Session again = register(1);
        assertThat(again.number()).isNotEqualTo(session.number());
        service.sweep();
        assertThat(ends()).containsExactlyInAnyOrder(Optional.of(EndedBy.DISCONNECTED), Optional.empty());
    }

    /** A store that refuses all changes while it is sick. */
    private static final class SickStore implements IndexStore {

        private final IndexStore store;
        private volatile boolean sick;

        SickStore(IndexStore store) {
            this.store = store;
        }

        @Override
        public <R> CompletableFuture<R> submit(Change<R> change) {
            return sick ? CompletableFuture.failedFuture(new StoreException("the disk is full")) : store.submit(change);
        }

        @Override
        public Lookups lookups() {
            return store.lookups();
        }

        @Override
        public History history() {
            return store.history();
        }

        @Override
        public int mappings() {
            return store.mappings();
        }

        @Override
        public int waiting() {
            return store.waiting();
        }

        @Override
        public boolean keeps(long session) {
            return store.keeps(session);
        }

        @Override
        public void visitSwarms(SwarmChange.Visitor visitor) {
            store.visitSwarms(visitor);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
