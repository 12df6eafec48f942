package dev.swarmdex.store;

import dev.swarmdex.store.Change.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store promises of what it acknowledged, and of the order of it all. */
public abstract class CommitContract extends StoreContract {

    @Test
    void after_a_restart_everything_open_is_shown_again() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", OTHER_ID), new Content("bare", Optional.empty(), -1));
        register(bob, content("one", ID));
        deregister(alice, "two");
        Page before = store().lookups().all(Cursor.START, 100);

        restart();

        assertThat(store().lookups().all(Cursor.START, 100)).isEqualTo(before);
        assertThat(store().lookups().session("native", "alice").orElseThrow().presence()).isEqualTo(presence("alice"));
        assertThat(session(alice).since()).isEqualTo(clock.instant());
        assertThat(session(alice).mappings()).isEqualTo(2);
    }

    @Test
    void a_store_whose_closer_is_interrupted_is_closed_nevertheless() {
        register(join("alice"), content("one", ID));

        Thread.currentThread().interrupt();
        store().close();

        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
        restart();
        assertThat(store().lookups().all(Cursor.START, 10).listings()).hasSize(1);
    }

    @Test
    void after_a_restart_a_returning_peer_is_recognised_and_registers_nothing_anew() {
        long alice = join("alice");
        register(alice, content("one", ID));

        restart();

        assertThat(join("alice")).isEqualTo(alice);
        assertThat(register(alice, content("one", ID))).containsExactly(Outcome.UNCHANGED);
        assertThat(register(alice, content("two", ID))).containsExactly(Outcome.DONE);
        assertThat(rows("select * from mapping_history where until is null and peer = 'alice'")).hasSize(2);
    }

    @Test
    void changes_are_applied_in_the_order_of_their_submission() {
        long alice = join("alice");
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        for (int i = 0; i < 500; i++) {
            answers.add(
                    store().submit(new Change.Register(alice, List.of(content("one", i % 2 == 0 ? ID : OTHER_ID)))));
            answers.add(store().submit(new Change.Deregister(
                    alice, List.of(new Change.Name("one", Optional.empty())), EndedBy.DEREGISTERED)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).containsExactly(Outcome.DONE));
        assertThat(rows("select count(*) as n from mapping where ended_by = 'deregistered'"))
                .containsExactly(row("n", 500L));
    }

    @Test
    void a_session_can_begin_and_end_among_changes_that_are_committed_together() {
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 200; i++) {
            answers.add(store().submit(new Change.Join(presence("alice"))));
            answers.add(store().submit(new Change.Leave(2L * i + 1, EndedBy.DISCONNECTED)));
            answers.add(store().submit(new Change.Join(presence("alice" + i))));
        }
        answers.forEach(CompletableFuture::join);

        assertThat(rows("select count(*) as n from peer")).containsExactly(row("n", 201L));
        assertThat(rows("select count(*) as n from session where until is null"))
                .containsExactly(row("n", (long) store().lookups().sessions().size()));
    }

    @Test
    void a_session_that_is_to_end_if_it_is_empty_stays_for_what_was_submitted_before() {
        long alice = join("alice");
        register(alice, content("one", ID));
        assertThat(submit(new Change.LeaveIfEmpty(alice, EndedBy.DEREGISTERED))).isFalse();
        deregister(alice, "one");

        var registered = store().submit(new Change.Register(alice, List.of(content("two", ID))));
        var left = store().submit(new Change.LeaveIfEmpty(alice, EndedBy.DEREGISTERED));

        assertThat(registered.join()).containsExactly(Outcome.DONE);
        assertThat(left.join()).isFalse();
        assertThat(session(alice).mappings()).isEqualTo(1);
    }

    @Test
    void a_session_that_is_to_end_if_it_is_empty_ends_before_what_is_submitted_after() {
        long alice = join("alice");
        register(alice, content("one", ID));

        deregister(alice, "one");
        var left = store().submit(new Change.LeaveIfEmpty(alice, EndedBy.DEREGISTERED));
        var registered = store().submit(new Change.Register(alice, List.of(content("two", ID))));

        assertThat(left.join()).isTrue();
        assertThat(registered.join()).containsExactly(Outcome.NO_SESSION);
        assertThat(store().lookups().session(alice)).isEmpty();
        assertThat(rows("select ended_by, mappings from peer_sessions"))
                .containsExactly(row("ended_by", "deregistered", "mappings", 1L));
        assertThat(submit(new Change.LeaveIfEmpty(alice, EndedBy.DEREGISTERED))).isFalse();
    }

    @Test
    void what_is_submitted_before_a_close_is_committed_and_what_comes_later_is_refused() {
        long alice = join("alice");
        var before = IntStream.range(0, 1000)
                .mapToObj(i -> store().submit(new Change.Register(alice, List.of(content("file" + i, ID))))).toList();

        store().close();

        assertThat(before).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(List.of(Outcome.DONE)));
        assertThatThrownBy(() -> register(alice, content("late", ID))).hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("the index is closed");
        restart();
        assertThat(session(alice).mappings()).isEqualTo(1000);
    }

    @Test
    void a_change_that_the_database_refuses_fails_alone() {
        long alice = join("alice");
        rows("alter table content add constraint no_poison check (name <> 'poison')");
        var answers = IntStream.range(0, 100).mapToObj(i -> store().submit(
                new Change.Register(alice, List.of(content(i == 42 ? "poison" : "file" + i, ID))))).toList();

        for (int i = 0; i < 100; i++) {
            CompletableFuture<List<Outcome>> answer = answers.get(i);
            if (i == 42) {
                assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(StoreException.class);
            } else {
                assertThat(answer.join()).containsExactly(Outcome.DONE);
            }
        }
        assertThat(session(alice).mappings()).isEqualTo(99);
        restart();
        assertThat(session(alice).mappings()).isEqualTo(99);
    }
}
