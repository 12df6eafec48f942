package dev.swarmdex.server.frontend;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.HeldWriter;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SeedSessionsTest {

    private static final Presence ALICE = new Presence("pdu", "192.0.2.1:8124", "192.0.2.1:8124", Identity.NONE,
            "192.0.2.1", List.of(new Endpoint("pdu", "192.0.2.1", 8124)));

    @TempDir
    Path folder;
    private final HeldWriter writer = new HeldWriter();
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;
    @SuppressWarnings("NullAway.Init")
    private SeedSessions sessions;

    @BeforeEach
    void open() {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS),
                writer);
        service = new IndexService(store, Map.of("pdu", Duration.ofHours(24)), new FakeTime());
        sessions = new SeedSessions(service, "pdu");
    }

    @AfterEach
    void close() {
        writer.release();
        service.close();
        store.close();
    }

    private Session offering(String name) {
        assertThat(sessions.register(ALICE, List.of(name)).join()).containsExactly(Outcome.DONE);
        return sessions.session(ALICE.key()).orElseThrow();
    }

    /** The writer has committed the deregistration, and has not yet told anybody. */
    private CompletableFuture<Boolean> deregisterAndHold(Session session, String name) {
        writer.hold();
        CompletableFuture<Boolean> deregistered = sessions.deregister(session, name);
        await().until(() -> store.waiting() == 0);
        return deregistered;
    }

    private boolean isFound(String name) {
        return !service.lookups().byName(name, Cursor.START, 1).listings().isEmpty();
    }

    /** Changes are committed in order: what was submitted before is done then. */
    private void awaitAllSubmitted() {
        assertThat(sessions.deregister(sessions.session(ALICE.key()).orElseThrow(), "nothing").join()).isFalse();
    }

    @Test
    void a_session_whose_last_content_is_deregistered_ends() {
        Session alice = offering("a");

        assertThat(sessions.deregister(alice, "a").join()).isTrue();

        await().until(() -> sessions.session(ALICE.key()).isEmpty());
    }

    @Test
    void what_is_registered_while_the_last_content_is_deregistered_stays() {
        Session alice = offering("a");
        CompletableFuture<Boolean> deregistered = deregisterAndHold(alice, "a");

        CompletableFuture<List<Outcome>> registered = sessions.register(ALICE, List.of("b"));
        writer.release();

        assertThat(deregistered.join()).isTrue();
        assertThat(registered.join()).containsExactly(Outcome.DONE);
        awaitAllSubmitted();
        assertThat(isFound("b")).isTrue();
    }

    @Test
    void what_is_registered_while_the_empty_session_is_about_to_end_gets_another_one() {
        Session alice = offering("a");
        CompletableFuture<List<Outcome>> registered = deregisterAndHold(alice, "a")
                .thenCompose(_ -> sessions.register(ALICE, List.of("b")));
        writer.release();

        assertThat(registered.join()).containsExactly(Outcome.DONE);
        awaitAllSubmitted();
        assertThat(isFound("b")).isTrue();
        assertThat(sessions.session(ALICE.key()).orElseThrow().number()).isNotEqualTo(alice.number());
    }
}
