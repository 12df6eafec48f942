package dev.swarmdex.peer.host.download;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PieceChoiceTest {

    private static final List<String> PEERS = List.of("alice", "bob", "carol", "dora", "eve", "frank", "grace");

    @Test
    void in_order_means_from_the_first_to_the_last_whoever_has_them() {
        PieceChoice choice = PieceChoice.inOrder(3);
        choice.gained(bits(0));
        choice.share(PEERS);

        assertThat(all(choice, 3)).containsExactly(0, 1, 2);
    }

    @Test
    void equal_pieces_come_in_the_order_of_the_file_from_the_start_on() {
        assertThat(all(PieceChoice.rarestFirst(5, 3, "me"), 5)).containsExactly(3, 4, 0, 1, 2);
    }

    @Test
    void the_fewer_have_a_piece_the_sooner_it_comes() {
        PieceChoice choice = PieceChoice.rarestFirst(4, 0, "me");
        choice.gained(bits(0, 1, 3));
        choice.gained(bits(0, 3));
        choice.gained(bits(3));

        assertThat(all(choice, 4)).containsExactly(2, 1, 0, 3);

        choice.lost(bits(3));
        choice.lost(bits(0, 3));
        assertThat(all(choice, 4)).containsExactly(2, 0, 1, 3);
    }

    @Test
    void only_what_the_source_has_is_chosen() {
        PieceChoice choice = PieceChoice.rarestFirst(4, 3, "me");

        assertThat(choice.next(bits(1, 2), bits(1))).hasValue(2);
        assertThat(choice.next(bits(1, 2), bits(1, 2))).isEmpty();
        assertThat(choice.next(bits(7), new BitSet())).isEmpty();
    }

    @Test
    void peers_that_know_of_each_other_begin_with_shares_that_do_not_overlap() {
        BitSet begun = new BitSet();
        int shortest = 1000;
        for (String peer : PEERS) {
            PieceChoice choice = PieceChoice.rarestFirst(1000, 17, peer);
            choice.share(PEERS);
            BitSet taken = new BitSet();
            int share = 0;
            for (int piece = choice.next(null, taken).orElseThrow(); share < 100; share++) {
                assertThat(begun.get(piece)).as("piece %d of %s", piece, peer).isFalse();
                begun.set(piece);
                taken.set(piece);
                piece = choice.next(null, taken).orElseThrow();
            }
            shortest = Math.min(shortest, share);
        }
        assertThat(shortest).isEqualTo(100);
    }

    @Test
    void when_a_peer_goes_the_others_keep_their_shares() {
        PieceChoice choice = PieceChoice.rarestFirst(1000, 0, "alice");
        choice.share(PEERS);
        List<Integer> before = firstOf(choice, 100);

        choice.share(List.of("bob", "carol", "dora", "eve", "frank"));
        BitSet kept = new BitSet();
        firstOf(choice, 140).forEach(kept::set);

        assertThat(before).allMatch(kept::get);
    }

    private static List<Integer> all(PieceChoice choice, int pieces) {
        return firstOf(choice, pieces);
    }

    private static List<Integer> firstOf(PieceChoice choice, int pieces) {
        BitSet taken = new BitSet();
        Integer[] order = new Integer[pieces];
        for (int i = 0; i < pieces; i++) {
            OptionalInt next = choice.next(null, taken);
            order[i] = next.orElseThrow();
            taken.set(order[i]);
        }
        return List.of(order);
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }
}
