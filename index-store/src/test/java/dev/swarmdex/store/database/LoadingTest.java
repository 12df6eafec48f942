package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** While the read model is being loaded, the database gives the very answers that memory gives afterwards. */
class LoadingTest {

    private static final String ID = "sha256-tree:" + "ab".repeat(32);

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() {
        try (var store = open()) {
            for (int peer = 0; peer < 4; peer++) {
                long session = join(store, "peer" + peer);
                int first = peer * 200;
                register(store, session, IntStream.range(first, first + 700)
                        .mapToObj(i -> new Content("file " + i, Optional.of(i % 3 == 0 ? ID : "x:" + i), 1)).toList());
                register(store, session, List.of(new Content("bare", Optional.empty(), -1)));
                deregister(store, session, "file " + (first + 3), "file " + (first + 4));
            }
            long gone = join(store, "gone");
            register(store, gone, List.of(new Content("gone", Optional.of(ID), 1)));
            store.submit(new Change.Leave(gone, EndedBy.EXPIRED)).join();
        }
    }

    @Test
    void every_page_is_the_same() {
        List<BiFunction<Lookups, Cursor, Page>> lookups = new ArrayList<>();
        for (int limit : new int[]{499, 500, 501, 10_000}) {
            lookups.add((from, cursor) -> from.byName("file 650", cursor, limit));
            lookups.add((from, cursor) -> from.byName("bare", cursor, limit));
            lookups.add((from, cursor) -> from.byName("gone", cursor, limit));
            lookups.add((from, cursor) -> from.byId(ID, cursor, limit));
            lookups.add((from, cursor) -> from.byWords(List.of("FILE", "99"), cursor, limit));
            lookups.add((from, cursor) -> from.all(cursor, limit));
        }
        compare((memory, database) -> {
            for (var lookup : lookups) {
                assertThat(sources(database, lookup)).isEqualTo(sources(memory, lookup));
            }
            assertThat(sources(memory, lookups.getLast())).hasSize(4 * 699);
        });
    }

    @Test
    void sessions_are_the_same_but_for_what_is_not_counted_yet() {
        compare((memory, database) -> {
            var visited = new AtomicInteger();
            for (var session : memory.sessions()) {
                assertThat(database.session(session.number()).orElseThrow()).usingRecursiveComparison()
                        .ignoringFields("mappings", "revision").isEqualTo(session);
                assertThat(database.session("native", session.presence().key())).isPresent();
                assertThat(contents(database, session.number()))
                        .containsExactlyInAnyOrderElementsOf(contents(memory, session.number())).hasSize(699);
                database.contentsOf(session.number(), _ -> visited.incrementAndGet() % 2 != 0);
                for (String name : List.of("file 650", "bare", "gone", "nothing")) {
                    assertThat(database.offers(session.number(), name))
                            .isEqualTo(memory.offers(session.number(), name)).isEqualTo(
                                    contents(memory, session.number()).stream().map(Content::name)
                                            .anyMatch(name::equals));
                }
            }
            assertThat(visited).as("two of each session's").hasValue(4 * 2);
            assertThat(database.sessions()).hasSameSizeAs(memory.sessions()).hasSize(4)
                    .allMatch(session -> session.revision() < 0);
            assertThat(database.sessions(1, 2)).extracting(Session::number)
                    .isEqualTo(memory.sessions(1, 2).stream().map(Session::number).toList()).hasSize(2);
            assertThat(database.session("native", "gone")).isEmpty();
            assertThat(database.session(12345)).isEmpty();
            assertThat(memory.complete()).isTrue();
            assertThat(database.complete()).isFalse();
        });
    }

    @Test
    void limits_out_of_range_are_refused() {
        compare((_, database) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> database.all(Cursor.START, 0)));
    }

    @Test
    void a_store_answers_from_its_first_moment_and_takes_changes_at_once() {
        try (var store = open()) {
            assertThat(store.lookups().byName("file 650", Cursor.START, 10).listings()).singleElement()
                    .satisfies(listing -> assertThat(listing.sources()).hasSize(4));
            assertThat(register(store, join(store, "peer1"), List.of(new Content("new", Optional.empty(), -1))))
                    .containsExactly(Change.Outcome.DONE);
            assertThat(store.lookups().complete()).isTrue();
        }
    }

    private void compare(BiConsumer<Lookups, Lookups> comparison) {
        try (var store = open(); Handle handle = Jdbi.create(this::beside).open()) {
            register(store, join(store, "peer1"), List.of()); // is answered once all is loaded
            var database = new DatabaseLookups(Jdbi.create(this::beside), new OpenRows(handle).sessions());
            comparison.accept(store.lookups(), database);
        }
    }

    private Connection beside() {
        return DatabaseStore.connectBeside(settings());
    }

    private static List<String> sources(Lookups lookups, BiFunction<Lookups, Cursor, Page> lookup) {
        var sources = new ArrayList<String>();
        Function<Cursor, Page> page = cursor -> lookup.apply(lookups, cursor);
        for (var next = Optional.of(Cursor.START); next.isPresent();) {
            Page found = page.apply(next.get());
            found.listings().forEach(listing -> listing.sources()
                    .forEach(source -> sources.add(listing.number() + " " + listing.content() + source)));
            next = found.next();
        }
        return sources;
    }

    private static List<Content> contents(Lookups lookups, long session) {
        var contents = new ArrayList<Content>();
        lookups.contentsOf(session, contents::add);
        return contents;
    }

    private IndexStore open() {
        return DatabaseStore.open(settings());
    }

    private StoreSettings settings() {
        return StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS);
    }

    private static long join(IndexStore store, String name) {
        return store.submit(new Change.Join(new Presence("native", name, name, Identity.NONE, "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118))))).join();
    }

    private static List<Change.Outcome> register(IndexStore store, long session, List<Content> contents) {
        return store.submit(new Change.Register(session, contents)).join();
    }

    private static void deregister(IndexStore store, long session, String... names) {
        store.submit(new Change.Deregister(session,
                Arrays.stream(names).map(name -> new Change.Name(name, Optional.empty())).toList(),
                EndedBy.DEREGISTERED)).join();
    }
}
