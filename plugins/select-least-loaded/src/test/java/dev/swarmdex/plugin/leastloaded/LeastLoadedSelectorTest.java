package dev.swarmdex.plugin.leastloaded;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.testkit.PeerSelectorContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LeastLoadedSelectorTest extends PeerSelectorContract {

    private static final int SEEDS = 4_000;

    @Override
    protected PeerSelector selector() {
        return new LeastLoadedSelector();
    }

    /** Loads are uploads at bytes per second; "-" is a peer that tells nothing. 200 is six standard deviations. */
    @ParameterizedTest
    @CsvSource({
            "0@0,       0@0,       0, 2000, alike",
            "0@0,       1@1000,    0, 2667, the idle one twice as often as the one with one upload",
            "1@1000,    3@1000,    0, 2667, as many bytes a second among half as many",
            "4@100,     4@900,     0,  622, as many uploads at a higher rate",
            "2@1000,    -,         0, 2000, one that tells nothing is like the others",
            "0@0,       0@0,       2,  800, each failure halves the chance"})
    void one_of_two_comes_first_so_often(String one, String other, int failuresOfOne, int expected, String why) {
        List<Candidate> candidates = List.of(candidate("one", one, failuresOfOne), candidate("other", other, 0));
        long firsts = LongStream.range(0, SEEDS).filter(seed -> first(candidates, seed).equals("one")).count();
        assertThat(firsts).as(why).isBetween(expected - 200L, expected + 200L);
    }

    @Test
    void nobody_is_left_out() {
        List<Candidate> candidates = List.of(candidate("a", "9@1", 3), candidate("b", "-", 0));
        assertThat(selector().rank(request(candidates, 1))).containsExactlyInAnyOrderElementsOf(candidates);
    }

    @Test
    void the_herd_does_not_run_to_the_one_idle_peer() {
        List<Candidate> candidates = List.of(candidate("idle", "0@0", 0), candidate("b", "1@1000", 0),
                candidate("c", "1@1000", 0), candidate("d", "1@1000", 0));
        long firsts = LongStream.range(0, SEEDS).filter(seed -> first(candidates, seed).equals("idle")).count();
        assertThat(firsts).isBetween(SEEDS / 4L + 200, SEEDS / 2L);
    }

    private String first(List<Candidate> candidates, long seed) {
        return selector().rank(request(candidates, seed)).getFirst().peer();
    }

    private static SelectionRequest request(List<Candidate> candidates, long seed) {
        return new SelectionRequest(ContentReference.byName("a"), -1, candidates, List.of(), seed);
    }

    private static Candidate candidate(String peer, String load, int failures) {
        Optional<Load> told = Optional.of(load).filter(text -> !text.equals("-")).map(text -> text.split("@"))
                .map(parts -> new Load(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        return new Candidate(peer, new Endpoint("tcp", "10.0.0.1", 7118), 0, Optional.empty(), failures, told);
    }
}
