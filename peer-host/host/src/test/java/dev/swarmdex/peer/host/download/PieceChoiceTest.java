package dev.swarmdex.peer.host.download;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PieceChoiceTest {

    private static final int PIECES = 60;
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

        assertThat(choice.next(bits(1, 2), bits(1), _ -> true)).hasValue(2);
        assertThat(choice.next(bits(1, 2), bits(1, 2), _ -> true)).isEmpty();
        assertThat(choice.next(bits(7), new BitSet(), _ -> true)).isEmpty();
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
            for (int piece = choice.next(null, taken, _ -> true).orElseThrow(); share < 100; share++) {
                assertThat(begun.get(piece)).as("piece %d of %s", piece, peer).isFalse();
                begun.set(piece);
                taken.set(piece);
                piece = choice.next(null, taken, _ -> true).orElseThrow();
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

    @Test
    void who_has_its_own_share_fetches_of_the_other_s_from_the_end_but_for_the_four_that_are_next() {
        List<Integer> bobs = sharing("bob", "alice").share();
        List<Integer> others = bobs.subList(4, bobs.size()).reversed();

        Sharing alice = sharing("alice", "bob");

        assertThat(alice.rest(_ -> true)).isEqualTo(Stream.concat(alice.share().stream(), others.stream()).toList());
    }

    @Test
    void of_several_who_have_their_shares_one_helps_with_a_piece() {
        List<Integer> carols = sharing("carol", "alice", "bob").share();
        List<Integer> alices = sharing("alice", "bob", "carol").rest(_ -> true);
        List<Integer> bobs = sharing("bob", "alice", "carol").rest(_ -> true);

        assertThat(carols.subList(4, carols.size())).allMatch(piece -> alices.contains(piece) != bobs.contains(piece));
    }

    @Test
    void nothing_is_left_to_one_that_does_not_keep_up() {
        assertThat(sharing("alice", "bob").rest(_ -> false)).hasSize(PIECES);
    }

    @Test
    void a_source_that_has_all_gives_no_copies_while_first_ones_are_left_to_others() {
        PieceChoice choice = PieceChoice.rarestFirst(PIECES, 0, "alice");
        choice.share(List.of("bob"));
        BitSet next = new BitSet();
        sharing("bob", "alice").share().subList(0, 4).forEach(next::set);
        BitSet held = new BitSet();
        held.set(0, PIECES);
        held.andNot(next);
        choice.gained(held);

        assertThat(choice.next(null, new BitSet(), _ -> true)).isEmpty();
        assertThat(choice.next(null, new BitSet(), _ -> false)).hasValue(next.length() - 1);
        choice.gained(next);
        assertThat(choice.next(null, new BitSet(), _ -> true)).isPresent();
    }

    /** What a peer that knows of others fetches from a source that has all. */
    private record Sharing(Shares shares, PieceChoice choice) {

        List<Integer> share() {
            return IntStream.range(0, PIECES).filter(piece -> shares.first(piece) == Shares.OWN).boxed().toList();
        }

        /** All that it fetches, in that order, while the others fetch nothing. */
        List<Integer> rest(Predicate<String> keepsUp) {
            BitSet taken = new BitSet();
            List<Integer> order = new ArrayList<>();
            for (OptionalInt next = choice.next(null, taken, keepsUp); next
                    .isPresent(); next = choice.next(null, taken, keepsUp)) {
                order.add(next.getAsInt());
                taken.set(next.getAsInt());
            }
            return order;
        }
    }

    private static Sharing sharing(String name, String... others) {
        Shares shares = new Shares(PIECES, name);
        shares.among(List.of(others));
        PieceChoice choice = PieceChoice.rarestFirst(PIECES, 17, name);
        choice.share(List.of(others));
        return new Sharing(shares, choice);
    }

    private static List<Integer> all(PieceChoice choice, int pieces) {
        return firstOf(choice, pieces);
    }

    private static List<Integer> firstOf(PieceChoice choice, int pieces) {
        BitSet taken = new BitSet();
        Integer[] order = new Integer[pieces];
        for (int i = 0; i < pieces; i++) {
            OptionalInt next = choice.next(null, taken, _ -> true);
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
