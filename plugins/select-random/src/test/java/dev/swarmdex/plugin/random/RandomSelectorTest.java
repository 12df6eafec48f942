package dev.swarmdex.plugin.random;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RandomSelectorTest {

    private final RandomSelector selector = new RandomSelector();

    @Test
    void nobody_is_left_out_or_added() {
        SelectionRequest request = request(5, 42);
        assertThat(selector.rank(request)).containsExactlyInAnyOrderElementsOf(request.candidates());
    }

    @Test
    void the_same_seed_gives_the_same_order() {
        assertThat(selector.rank(request(20, 42))).isEqualTo(selector.rank(request(20, 42)));
    }

    @Test
    void with_neighbouring_seeds_every_peer_is_first_about_equally_often() {
        Map<String, Integer> firsts = new HashMap<>();
        for (int seed = 0; seed < 8_000; seed++) {
            firsts.merge(selector.rank(request(4, seed)).getFirst().peer(), 1, Integer::sum);
        }
        // 2,000 each are expected; 200 is more than five standard deviations
        assertThat(firsts).hasSize(4).allSatisfy((peer, count) -> assertThat(count).isBetween(1_800, 2_200));
    }

    @Test
    void no_candidate_is_no_answer_rather_than_an_error() {
        assertThat(selector.rank(request(0, 1))).isEmpty();
    }

    private static SelectionRequest request(int peers, long seed) {
        List<Candidate> candidates = IntStream.range(0, peers).mapToObj(
                i -> new Candidate("peer" + i, new Endpoint("tcp", "10.0.0." + i, 7118), 0, 0)).toList();
        return new SelectionRequest(ContentReference.byName("a"), -1, candidates, seed);
    }
}
