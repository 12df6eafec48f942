package dev.swarmdex.store;

import dev.swarmdex.store.SwarmChange.Completed;
import dev.swarmdex.store.SwarmChange.Gone;
import dev.swarmdex.store.SwarmChange.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a store keeps of a tracker's swarms. */
public abstract class SwarmContract extends StoreContract {

    private static final String FILM = "ab".repeat(20);
    private static final String SONG = "cd".repeat(20);
    private static final String ALICE = "192.0.2.1";
    private static final String BOB = "2001:db8:0:0:0:0:0:2";

    @Test
    void members_and_totals_outlast_a_restart() {
        track(new Present(FILM, ALICE, 6881, false), new Present(FILM, BOB, 6882, true),
                new Completed(FILM, 3), new Present(SONG, ALICE, 6881, true));
        track(new Present(FILM, ALICE, 6881, true), new Completed(FILM, 1), new Gone(SONG, ALICE, 6881,
                EndedBy.DEREGISTERED));

        restart();

        assertThat(remembered()).containsExactly("swarm " + FILM + " 4", "swarm " + SONG + " 0",
                "member " + FILM + " 192.0.2.1 6881 true", "member " + FILM + " 2001:db8:0:0:0:0:0:2 6882 true");
    }

    @Test
    void what_is_told_twice_is_written_once() {
        track(new Present(FILM, ALICE, 6881, false), new Gone(FILM, BOB, 6882, EndedBy.EXPIRED));
        clock.advance(Duration.ofMinutes(1));
        track(new Present(FILM, ALICE, 6881, false));

        assertThat(rows("select host from swarm_members")).containsExactly(row("host", ALICE));
    }

    @Test
    void a_member_can_go_after_a_restart_that_set_the_clock_back() {
        track(new Present(FILM, ALICE, 6881, false));
        clock.advance(Duration.ofHours(-1));
        restart();

        track(new Gone(FILM, ALICE, 6881, EndedBy.EXPIRED));

        assertThat(rows("select ended_by from swarm_members")).containsExactly(row("ended_by", "expired"));
    }

    @Test
    void one_change_can_tell_of_a_member_that_goes_and_comes_back() {
        track(new Present(FILM, ALICE, 6881, false));
        track(new Gone(FILM, ALICE, 6881, EndedBy.DEREGISTERED), new Present(FILM, ALICE, 6881, true),
                new Gone(FILM, ALICE, 6881, EndedBy.EXPIRED), new Present(FILM, ALICE, 6881, false));

        assertThat(rows("select has, ended_by from swarm_members where content = '" + FILM + "' order by ended_by"))
                .containsExactlyInAnyOrder(row("has", "partial", "ended_by", "deregistered"),
                        row("has", "complete", "ended_by", "expired"), row("has", "partial", "ended_by", null));
    }

    @Test
    void the_views_of_mappings_show_members_as_peers_that_offer_the_info_hash() {
        track(new Present(FILM, ALICE, 6881, true), new Present(FILM, BOB, 6882, false));
        clock.advance(Duration.ofMinutes(1));
        track(new Gone(FILM, BOB, 6882, EndedBy.EXPIRED));

        assertThat(rows("select * from current_mappings")).singleElement().satisfies(
                mapping -> assertThat(mapping).containsEntry("content", FILM)
                        .containsEntry("content_id", "btih:" + FILM)
                        .containsEntry("size", -1L).containsEntry("peer", "192.0.2.1:6881")
                        .containsEntry("scheme", "bittorrent").containsEntry("host", ALICE)
                        .containsEntry("port", 6881).containsEntry("via", "tracker"));
        assertThat(rows("select peer, ended_by from mapping_history where via = 'tracker' order by ended_by"))
                .containsExactlyInAnyOrder(row("peer", "192.0.2.1:6881", "ended_by", null),
                        row("peer", "[2001:db8:0:0:0:0:0:2]:6882", "ended_by", "expired"));
        assertThat(rows("select content, content_id, size, peers from content_summary")).containsExactly(
                row("content", FILM, "content_id", "btih:" + FILM, "size", -1L, "peers", 1L));
    }

    @Test
    void the_views_of_swarms_show_who_has_all_and_how_often_it_was_completed() {
        track(new Present(FILM, ALICE, 6881, true), new Present(FILM, BOB, 6882, false), new Completed(FILM, 2),
                new Present(SONG, ALICE, 6881, true));
        track(new Gone(SONG, ALICE, 6881, EndedBy.DEREGISTERED));

        assertThat(rows("select content, seeders, leechers, completed from swarm_summary order by content"))
                .containsExactly(row("content", FILM, "seeders", 1L, "leechers", 1L, "completed", 2L),
                        row("content", SONG, "seeders", 0L, "leechers", 0L, "completed", 0L));
        assertThat(rows("select * from swarm_members where until is null and has = 'complete'")).singleElement()
                .satisfies(member -> assertThat(member).containsOnlyKeys("content", "content_id", "host", "port", "has",
                        "since", "complete_since", "until", "ended_by"));
    }

    @Test
    void many_members_are_handed_over_each_once() {
        int many = 12_000;
        for (int from = 0; from < many; from += 2000) {
            submit(new Change.Track(IntStream.range(from, from + 2000).<SwarmChange>mapToObj(
                    i -> new Present("%040x".formatted(i % 100), "10.0.%d.%d".formatted(i / 250, i % 250), 6881,
                            i % 2 == 0))
                    .toList()));
        }

        restart();

        assertThat(remembered()).hasSize(100 + many).doesNotHaveDuplicates();
    }

    @Test
    void what_could_not_be_written_is_refused_before() {
        assertThatThrownBy(() -> new Present("AB".repeat(20), ALICE, 1, true)).hasMessageContaining("40 hexadecimal");
        assertThatThrownBy(() -> new Gone(FILM, "", 1, EndedBy.EXPIRED)).hasMessageContaining("address");
        assertThatThrownBy(() -> new Present(FILM, ALICE, 0, true)).hasMessageContaining("port");
        assertThatThrownBy(() -> new Completed(FILM, 0)).hasMessageContaining("at least one");
    }

    private void track(SwarmChange... changes) {
        assertThat(submit(new Change.Track(List.of(changes)))).isEqualTo(changes.length);
    }

    private List<String> remembered() {
        List<String> remembered = new ArrayList<>();
        store().visitSwarms(new SwarmChange.Visitor() {
            @Override
            public void swarm(String infoHash, long completed) {
                remembered.add("swarm " + infoHash + " " + completed);
            }

            @Override
            public void member(String infoHash, String host, int port, boolean complete) {
                remembered.add("member " + infoHash + " " + host + " " + port + " " + complete);
            }
        });
        return remembered;
    }
}
