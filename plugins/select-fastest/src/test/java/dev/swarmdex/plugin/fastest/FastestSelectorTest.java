package dev.swarmdex.plugin.fastest;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.testkit.PeerSelectorContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FastestSelectorTest extends PeerSelectorContract {

    private static final int SEEDS = 4_000;
    private static final double MB = 1e6;

    @Override
    protected PeerSelector selector() {
        return new FastestSelector();
    }

    /** One is measured at 10 MB/s, without latency, failures or a told load, but for what the columns say. */
    @ParameterizedTest
    @CsvSource({
            "10, 0,   0, -, 50, 'alike: they share the work'",
            "5,  0,   0, -, 20, 'half as fast: a quarter as often as the other'",
            "30, 0,   0, -, 90, 'three times as fast: nine times as often'",
            "10, 50,  0, -, 1,  '50 ms more for each piece of 7 ms'",
            "10, 0,   2, -, 6,  'it failed twice: as if it was a quarter as fast'",
            "10, 0,   0, 3, 6,  'it has three uploads already: likewise'",
            "30, 0,   0, 1, 69, 'it has one upload, but is three times as fast'"})
    void the_first_is_mostly_the_one_from_which_a_piece_comes_soonest(double rate, int latency, int failures,
            String uploads,
            int percent, String why) {
        Optional<Load> load = uploads.equals("-")
                ? Optional.empty()
                : Optional.of(new Load(Integer.parseInt(uploads), 1));
        List<Candidate> candidates = List.of(measured("other", 10 * MB),
                new Candidate("one", endpoint(), rate * MB, Optional.of(Duration.ofMillis(latency)), failures, load));
        assertThat(percentOfFirsts(candidates, "one")).as(why).isBetween(percent - 2.5, percent + 2.5);
    }

    @Test
    void an_unknown_peer_is_tried_as_often_as_one_of_the_known_turns_out_to_be_the_best() {
        List<Candidate> candidates = Stream.concat(
                IntStream.rangeClosed(1, 9).mapToObj(i -> measured("known" + i, Math.scalb(MB, i))),
                Stream.of(Candidate.unknown("new", endpoint()))).toList();
        // one in nine times it draws the best rate, and then is first nearly every other time; now and then with another
        assertThat(percentOfFirsts(candidates, "new")).isBetween(5.0, 10.0);
    }

    @Test
    void among_strangers_those_with_less_to_do_are_likelier_to_be_first() {
        Candidate idle = new Candidate("idle", endpoint(), 0, Optional.empty(), 0, Optional.of(new Load(0, 0)));
        Candidate busy = new Candidate("busy", endpoint(), 0, Optional.empty(), 0, Optional.of(new Load(3, 1)));
        assertThat(percentOfFirsts(List.of(idle, busy), "busy")).isBetween(3.5, 8.5);
    }

    @Test
    void a_stranger_among_strangers_is_as_good_as_any() {
        List<Candidate> candidates = IntStream.range(0, 4).mapToObj(i -> Candidate.unknown("peer" + i, endpoint()))
                .toList();
        assertThat(percentOfFirsts(candidates, "peer2")).isBetween(21.0, 29.0);
    }

    @Test
    void nobody_is_left_out() {
        List<Candidate> candidates = List.of(measured("a", MB), Candidate.unknown("b", endpoint()));
        assertThat(selector().rank(request(candidates, 7))).containsExactlyInAnyOrderElementsOf(candidates);
    }

    private double percentOfFirsts(List<Candidate> candidates, String peer) {
        long firsts = LongStream.range(0, SEEDS)
                .filter(seed -> selector().rank(request(candidates, seed)).getFirst().peer().equals(peer)).count();
        return 100.0 * firsts / SEEDS;
    }

    /** Of a size with pieces of 64 KiB. */
    private static SelectionRequest request(List<Candidate> candidates, long seed) {
        return new SelectionRequest(ContentReference.byName("a"), 10_000_000, candidates, List.of(), seed);
    }

    private static Candidate measured(String peer, double rate) {
        return new Candidate(peer, endpoint(), rate, Optional.of(Duration.ZERO), 0, Optional.empty());
    }

    private static Endpoint endpoint() {
        return new Endpoint("tcp", "10.0.0.1", 7118);
    }
}
