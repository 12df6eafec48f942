package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.SwarmChange;
import dev.swarmdex.store.SwarmChange.Completed;
import dev.swarmdex.store.SwarmChange.Gone;
import dev.swarmdex.store.SwarmChange.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SwarmsTest {

    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final String FILM = "000000000000000700000000000000080000" + "0009";

    private final FakeTime time = new FakeTime();
    private final Swarms swarms = new Swarms(new SwarmLimits(3, 100, 60), LEASE, time);
    private final Question question = new Question();

    @Test
    void leechers_are_given_complete_peers_first_and_complete_peers_are_given_leechers_only() {
        IntStream.range(0, 5).forEach(i -> announce(i, true));
        IntStream.range(5, 25).forEach(i -> announce(i, false));

        assertThat(announce(5, false, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(announce(5, false, 10)).hasSize(10).contains(0, 1, 2, 3, 4).doesNotContain(5);
        assertThat(announce(0, true, 50)).hasSize(20).doesNotContain(0, 1, 2, 3, 4);
        assertThat(announce(0, true, 0)).isEmpty();
        assertThat(question.seeders()).isEqualTo(5);
        assertThat(question.leechers()).isEqualTo(20);
    }

    @Test
    void whoever_becomes_complete_counts_as_completed_once() {
        announce(1, false);
        tell(1, true, true, false);
        tell(1, true, true, false);
        announce(1, true);

        count();
        assertThat(question.completions()).isEqualTo(1);
        assertThat(question.seeders()).isEqualTo(1);
        assertThat(question.leechers()).isZero();
    }

    @Test
    void whoever_stops_is_gone_and_a_stranger_who_stops_was_never_there() {
        announce(1, false);
        tell(1, true, false, true);
        tell(2, true, false, true);

        assertThat(swarms.members()).isZero();
        assertThat(question.leechers()).isZero();
    }

    @Test
    void whoever_is_not_heard_of_for_a_lease_is_handed_out_no_more_and_goes() {
        announce(1, true);
        announce(2, false);
        time.pass(LEASE.multipliedBy(2).dividedBy(3));
        announce(2, false);
        time.pass(LEASE.dividedBy(2));

        assertThat(announce(3, false, 50)).containsExactly(2);
        swarms.sweep();
        count();
        assertThat(question.seeders()).isZero();
        assertThat(question.leechers()).isEqualTo(2);
        time.pass(LEASE.multipliedBy(2));
        swarms.sweep();
        assertThat(swarms.members()).isZero();
        // what waits to be written keeps it
        assertThat(swarms.takeUnwritten(100)).isEmpty();
        swarms.sweep();
        assertThat(swarms.swarms()).isZero();
    }

    @Test
    void leases_of_weeks_end_as_they_should() {
        Swarms slow = new Swarms(new SwarmLimits(3, 100, 60), Duration.ofDays(49), time);
        Question asked = question.swarm(1, 2, 3).member(0, Addresses.mapped(7), 1).tells(true, false, false);
        slow.announce(asked, 0, (_, _, _) -> {});
        time.pass(Duration.ofDays(48));
        slow.sweep();
        assertThat(slow.members()).isEqualTo(1);
        time.pass(Duration.ofDays(2));
        slow.sweep();
        assertThat(slow.members()).isZero();
    }

    @Test
    void more_than_the_limits_is_refused_and_what_is_there_goes_on() {
        for (int i = 0; i < 60; i++) {
            assertThat(announced(1, i)).isTrue();
        }
        assertThat(announced(1, 60)).isFalse();
        assertThat(announced(1, 59)).isTrue();
        for (int i = 0; i < 40; i++) {
            assertThat(announced(2, i)).isTrue();
        }
        assertThat(announced(2, 40)).isFalse();
        assertThat(announced(3, 1)).isFalse();
        assertThat(announced(4, 1)).isFalse();
        assertThat(swarms.swarms()).isEqualTo(3);
        assertThat(swarms.members()).isEqualTo(100);
    }

    @Test
    void ipv4_and_ipv6_members_are_counted_together_and_handed_out_apart() {
        announce(1, true);
        question.swarm(7, 8, 9).member(0x2001_0db8_0000_0000L, 1, 1).tells(false, false, false).wants(10);
        List<Integer> handedOut = new ArrayList<>();
        swarms.announce(question, 0, (_, low, _) -> handedOut.add((int) low));

        assertThat(handedOut).isEmpty();
        assertThat(question.seeders()).isEqualTo(1);
        assertThat(question.leechers()).isEqualTo(1);
    }

    @Test
    void what_changes_is_to_be_written_and_what_only_renews_is_not() {
        announce(1, false);
        assertThat(swarms.takeUnwritten(100)).containsExactly(new Present(FILM, "0.0.0.1", 1, false));
        announce(1, false);
        assertThat(swarms.takeUnwritten(100)).isEmpty();
        tell(1, true, true, false);
        assertThat(swarms.takeUnwritten(100)).containsExactly(new Present(FILM, "0.0.0.1", 1, true),
                new Completed(FILM, 1));
        tell(1, true, false, true);
        assertThat(swarms.takeUnwritten(100))
                .containsExactly(new Gone(FILM, "0.0.0.1", 1, EndedBy.DEREGISTERED));
        announce(2, true);
        assertThat(swarms.takeUnwritten(100)).hasSize(1);
        time.pass(LEASE.multipliedBy(2));
        swarms.sweep();
        assertThat(swarms.takeUnwritten(100)).containsExactly(new Gone(FILM, "0.0.0.2", 1, EndedBy.EXPIRED));
    }

    @Test
    void whoever_comes_and_goes_before_anything_is_written_costs_no_row() {
        announce(1, false);
        tell(1, false, false, true);
        assertThat(swarms.takeUnwritten(100)).isEmpty();
    }

    @Test
    void the_last_thing_written_of_a_member_is_what_the_memory_has() {
        announce(1, false);
        swarms.takeUnwritten(100);
        announce(1, true); // waits to be written
        tell(1, true, false, true);
        announce(1, false);

        assertThat(swarms.takeUnwritten(100).getLast()).isEqualTo(new Present(FILM, "0.0.0.1", 1, false));
    }

    @Test
    void of_a_storm_the_latest_newcomers_are_left_out_and_counted_and_written_when_they_announce_themselves_again() {
        Swarms large = new Swarms(new SwarmLimits(1, 100_000, 100_000), LEASE, time);
        int storm = 3 * Unwritten.MOST;
        for (int i = 1; i <= storm; i++) {
            announce(large, i);
        }
        assertThat(large.members()).isEqualTo(storm);
        assertThat(large.leftUnwritten()).isEqualTo(storm - Unwritten.MOST);
        List<SwarmChange> written = all(large);
        Present latest = new Present(FILM, Addresses.text(0, Addresses.mapped(storm)), 1, false);
        assertThat(written).hasSize(Unwritten.MOST).contains(new Present(FILM, "0.0.0.1", 1, false))
                .doesNotContain(latest);

        for (int i = storm - Unwritten.MOST + 1; i <= storm; i++) {
            announce(large, i);
        }
        assertThat(all(large)).hasSize(Unwritten.MOST).contains(latest);
        assertThat(large.leftUnwritten()).isEqualTo(storm - Unwritten.MOST);
    }

    @Test
    void a_stored_member_whose_change_was_left_out_still_ends_in_the_database() {
        Swarms large = new Swarms(new SwarmLimits(1, 100_000, 100_000), LEASE, time);
        announce(large, 1);
        all(large);
        IntStream.rangeClosed(2, Unwritten.MOST + 1).forEach(i -> announce(large, i));
        tell(large, 1, true, false); // finds no room among what waits
        assertThat(large.leftUnwritten()).isEqualTo(1);
        all(large);

        tell(large, 1, true, true);

        assertThat(all(large)).containsExactly(new Gone(FILM, "0.0.0.1", 1, EndedBy.DEREGISTERED));
    }

    @Test
    void a_stored_member_whose_change_gave_way_to_an_end_still_ends_in_the_database() {
        Swarms large = new Swarms(new SwarmLimits(1, 100_000, 100_000), LEASE, time);
        announce(large, 1);
        announce(large, 2);
        all(large);
        tell(large, 1, true, false); // waits longest
        IntStream.rangeClosed(3, Unwritten.MOST + 1).forEach(i -> announce(large, i));
        tell(large, 2, false, true);
        assertThat(large.leftUnwritten()).isEqualTo(1);
        all(large);

        tell(large, 1, true, true);

        assertThat(all(large)).containsExactly(new Gone(FILM, "0.0.0.1", 1, EndedBy.DEREGISTERED));
    }

    @Test
    void a_stored_members_change_that_was_left_out_is_written_when_it_announces_itself_again() {
        Swarms large = new Swarms(new SwarmLimits(1, 100_000, 100_000), LEASE, time);
        announce(large, 1);
        all(large);
        IntStream.rangeClosed(2, Unwritten.MOST + 1).forEach(i -> announce(large, i));
        tell(large, 1, true, false);
        all(large);

        tell(large, 1, true, false);
        tell(large, 1, true, false);

        assertThat(all(large)).containsExactly(new Present(FILM, "0.0.0.1", 1, true));
    }

    @Test
    void ends_are_never_left_out_they_only_wait() {
        Swarms large = new Swarms(new SwarmLimits(1, 100_000, 100_000), LEASE, time);
        int many = 2 * Unwritten.MOST;
        for (int i = 1; i <= many; i++) {
            announce(large, i);
            large.takeUnwritten(100);
        }
        time.pass(LEASE.multipliedBy(2));
        large.sweep();
        assertThat(large.members()).isEqualTo(many - Unwritten.MOST);
        assertThat(all(large)).hasSize(Unwritten.MOST).allMatch(Gone.class::isInstance);
        large.sweep();
        assertThat(large.members()).isZero();
        assertThat(all(large)).hasSize(many - Unwritten.MOST).allMatch(Gone.class::isInstance);
    }

    @Test
    void what_is_restored_counts_at_once_and_is_not_written_again() {
        swarms.restore(FILM, 12);
        assertThat(swarms.restoreMember(FILM, "0.0.0.1", 1, true)).isTrue();
        assertThat(swarms.restoreMember(FILM, "2001:db8::1", 1, false)).isTrue();
        assertThat(swarms.restoreMember("ff".repeat(20), "0.0.0.1", 1, true)).isFalse();

        count();
        assertThat(question.seeders()).isEqualTo(1);
        assertThat(question.leechers()).isEqualTo(1);
        assertThat(question.completions()).isEqualTo(12);
        announce(1, true);
        assertThat(swarms.takeUnwritten(100)).isEmpty();
        time.pass(LEASE.multipliedBy(2));
        swarms.sweep();
        assertThat(swarms.takeUnwritten(100)).hasSize(2).allMatch(Gone.class::isInstance);
    }

    @Test
    void many_swarms_come_and_go() {
        Swarms many = new Swarms(new SwarmLimits(20_000, 20_000, 1), LEASE, time);
        for (int i = 0; i < 20_000; i++) {
            question.swarm(i, i, i).member(0, Addresses.mapped(i), 1).tells(i % 2 == 0, false, false).wants(0);
            assertThat(many.announce(question, 0, (_, _, _) -> {})).isTrue();
            if (i == 10_000) {
                time.pass(LEASE.multipliedBy(3).dividedBy(4));
            }
        }
        time.pass(LEASE.dividedBy(2));
        all(many);
        many.sweep();
        all(many);
        many.sweep();

        assertThat(many.swarms()).isEqualTo(9_999);
        for (int i = 0; i < 20_000; i++) {
            many.count(question.swarm(i, i, i));
            assertThat(question.seeders() + question.leechers()).isEqualTo(i > 10_000 ? 1 : 0);
        }
    }

    private static List<SwarmChange> all(Swarms of) {
        List<SwarmChange> all = new ArrayList<>();
        for (List<SwarmChange> part = of.takeUnwritten(512); !part.isEmpty(); part = of.takeUnwritten(512)) {
            all.addAll(part);
        }
        return all;
    }

    private void announce(Swarms to, int member) {
        tell(to, member, false, false);
    }

    private void tell(Swarms to, int member, boolean complete, boolean stopped) {
        question.swarm(7, 8, 9).member(0, Addresses.mapped(member), 1).tells(complete, false, stopped).wants(0);
        assertThat(to.announce(question, 0, (_, _, _) -> {})).isTrue();
    }

    private boolean announced(int swarm, int member) {
        question.swarm(swarm, 0, 0).member(0, Addresses.mapped(member), 1).tells(false, false, false).wants(0);
        return swarms.announce(question, 0, (_, _, _) -> {});
    }

    private void announce(int member, boolean complete) {
        announce(member, complete, 0);
    }

    private List<Integer> announce(int member, boolean complete, int wanted) {
        List<Integer> handedOut = new ArrayList<>();
        question.swarm(7, 8, 9).member(0, Addresses.mapped(member), 1).tells(complete, false, false).wants(wanted);
        assertThat(swarms.announce(question, 99, (_, low, _) -> handedOut.add((int) low))).isTrue();
        return handedOut;
    }

    private void tell(int member, boolean complete, boolean completed, boolean stopped) {
        question.swarm(7, 8, 9).member(0, Addresses.mapped(member), 1).tells(complete, completed, stopped).wants(0);
        assertThat(swarms.announce(question, 0, (_, _, _) -> {})).isTrue();
    }

    private void count() {
        swarms.count(question.swarm(7, 8, 9));
    }
}
