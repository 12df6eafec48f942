package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadModelTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ReadModel model = new ReadModel(Names.NONE);

    @Test
    void words_and_their_beginnings_are_found_in_a_name_in_any_order() {
        apply(session(1, "alice"), mapping(1, 1, "Ärger im Büro.MKV"));

        assertThat(find("büro", "ärger")).isEqualTo(1);
        assertThat(find("bür", "AR")).isEqualTo(1);
        assertThat(find("buro!", "mkv")).isEqualTo(1);
        assertThat(find("ger")).isZero();
        assertThat(find()).isEqualTo(1);
    }

    @Test
    void a_search_looks_at_a_bounded_number_of_names_and_says_where_to_go_on() {
        var effects = new ArrayList<Effect>(List.of(session(1, "alice")));
        for (long number = 1; number <= Search.MOST_LOOKED_AT; number++) {
            effects.add(mapping(number, 1, "hay" + number));
        }
        effects.add(mapping(Search.MOST_LOOKED_AT + 1, 1, "needle"));
        model.apply(effects);

        Page first = model.byWords(List.of("needle"), Cursor.START, 10);
        assertThat(first.listings()).isEmpty();
        Page second = model.byWords(List.of("needle"), first.next().orElseThrow(), 10);
        assertThat(second.listings()).singleElement()
                .satisfies(listing -> assertThat(listing.content().name()).isEqualTo("needle"));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void more_words_than_a_person_types_are_refused() {
        List<String> many = IntStream.range(0, 17).mapToObj(i -> "word" + i).toList();

        assertThat(model.byWords(many.subList(0, 16), Cursor.START, 10).listings()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> model.byWords(many, Cursor.START, 10))
                .withMessage("search for at most 16 words");
    }

    @Test
    void limits_out_of_range_are_refused() {
        for (int limit : new int[]{-1, 0, Lookups.MAX_LIMIT + 1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> model.all(Cursor.START, limit));
        }
    }

    @Test
    void each_change_of_a_sessions_mappings_gives_it_a_revision_that_no_session_ever_had() {
        var revisions = new ArrayList<Long>();
        apply(session(1, "alice"), session(2, "bob"));
        revisions.add(revision(1));
        revisions.add(revision(2));
        apply(mapping(1, 1, "one"));
        revisions.add(revision(1));
        apply(mapping(2, 1, "two"));
        revisions.add(revision(1));
        apply(new MappingEnded(1, "one", 1, NOW, EndedBy.DEREGISTERED));
        revisions.add(revision(1));
        model.beginLoading(new ReadModel(Names.NONE));
        model.load(loaded -> List.of(session(1, "alice"), mapping(2, 1, "two")).forEach(loaded));
        revisions.add(revision(1));

        assertThat(revisions).doesNotHaveDuplicates();
        assertThat(model.session(2)).isEmpty();
    }

    @Test
    void what_is_loaded_is_what_would_have_been_applied() {
        var effects = new ArrayList<Effect>(List.of(session(1, "alice"), session(2, "bob")));
        for (long number = 1; number <= 3000; number++) {
            long content = number % 3 == 0 ? number - 1 : number; // each third of bob's is alice's too
            var of = content % 7 == 0
                    ? new Content("same name", Optional.of("x:" + content), content)
                    : new Content("file " + content, content % 5 == 0 ? Optional.empty() : Optional.of("x:1"), 1);
            long session = number % 3 == 0 ? 1 : 2;
            effects.add(new MappingOpened(number, content, of, session, NOW.plusMillis(number)));
        }
        model.apply(effects);
        var loaded = new ReadModel(Names.NONE);
        loaded.load(effects::forEach);

        var more = List.of(new MappingEnded(11, "file 11", 2, NOW, EndedBy.DEREGISTERED),
                new MappingOpened(3001, 3001, new Content("file 11", Optional.of("x:1"), 1), 1, NOW),
                new SessionEnded(2, NOW, EndedBy.EXPIRED));
        for (Effect effect : more) {
            for (Cursor cursor : List.of(Cursor.START, new Cursor(1000, 1))) {
                assertThat(loaded.all(cursor, 10_000)).isEqualTo(model.all(cursor, 10_000));
                assertThat(loaded.byId("x:1", cursor, 10_000)).isEqualTo(model.byId("x:1", cursor, 10_000));
                assertThat(loaded.byName("same name", cursor, 99)).isEqualTo(model.byName("same name", cursor, 99));
                assertThat(loaded.byName("file 11", cursor, 99)).isEqualTo(model.byName("file 11", cursor, 99));
            }
            assertThat(loaded.mappings()).isEqualTo(model.mappings());
            assertThat(loaded.session(1).orElseThrow().mappings())
                    .isEqualTo(model.session(1).orElseThrow().mappings()).isPositive();
            model.apply(List.of(effect));
            loaded.apply(List.of(effect));
        }
        assertThat(loaded.all(Cursor.START, 10_000)).isEqualTo(model.all(Cursor.START, 10_000));
    }

    @Test
    void nobody_waits_for_the_end_of_the_loading_of_what_is_closed() {
        model.stopLoading();
        assertThatThrownBy(() -> model.load(loaded -> loaded.accept(session(1, "alice"))))
                .isInstanceOf(StoreException.class).hasMessageContaining("closed");
    }

    @Test
    void nothing_is_left_in_memory_of_what_ended() {
        apply(session(1, "alice"), mapping(1, 1, "one"), mapping(2, 1, "two"), session(2, "bob"));
        apply(new MappingEnded(1, "one", 1, NOW, EndedBy.DEREGISTERED), new SessionEnded(1, NOW, EndedBy.EXPIRED),
                new SessionEnded(2, NOW, EndedBy.EXPIRED));

        OpenMappings open = model.open();
        assertThat(open.sessions).isEmpty();
        assertThat(open.sessionsByKey).isEmpty();
        assertThat(open.contents.size()).isZero();
        assertThat(open.offers.size()).isZero();
        assertThat(open.index.visitAll(0, _ -> false)).isTrue();
    }

    private void apply(Effect... effects) {
        model.apply(List.of(effects));
    }

    private int find(String... words) {
        return model.byWords(List.of(words), Cursor.START, 10).listings().size();
    }

    private long revision(long session) {
        return model.session(session).orElseThrow().revision();
    }

    private static SessionOpened session(long number, String name) {
        return new SessionOpened(
                number, number, new Presence("native", name, name, Identity.NONE, "192.0.2.1", List.of()), NOW);
    }

    private static MappingOpened mapping(long number, long session, String name) {
        return new MappingOpened(number, number, new Content(name, Optional.of("x:1"), 1), session, NOW);
    }
}
