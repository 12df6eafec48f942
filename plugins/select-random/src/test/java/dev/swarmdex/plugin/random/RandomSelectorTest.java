package dev.swarmdex.plugin.random;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.testkit.PeerSelectorContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RandomSelectorTest extends PeerSelectorContract {

    @Override
    protected PeerSelector selector() {
        return new RandomSelector();
    }

    @Test
    void nobody_is_left_out() {
        SelectionRequest request = request(5, 42);
        assertThat(selector().rank(request)).containsExactlyInAnyOrderElementsOf(request.candidates());
    }

    @Test
    void with_neighbouring_seeds_every_peer_is_first_about_equally_often() {
        PeerSelector selector = selector();
        Map<String, Integer> firsts = new HashMap<>();
        for (int seed = 0; seed < 8_000; seed++) {
            firsts.merge(selector.rank(request(4, seed)).getFirst().peer(), 1, Integer::sum);
        }
        // 2,000 each are expected; 200 is more than five standard deviations
        assertThat(firsts).hasSize(4).allSatisfy((peer, count) -> assertThat(count).isBetween(1_800, 2_200));
    }

    private static SelectionRequest request(int peers, long seed) {
        List<Candidate> candidates = IntStream.range(0, peers)
                .mapToObj(i -> Candidate.unknown("peer" + i, new Endpoint("tcp", "10.0.0." + i, 7118))).toList();
        return new SelectionRequest(ContentReference.byName("a"), -1, candidates, List.of(), seed);
    }
}
