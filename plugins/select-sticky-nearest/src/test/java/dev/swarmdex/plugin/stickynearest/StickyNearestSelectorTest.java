package dev.swarmdex.plugin.stickynearest;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Network;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.testkit.PeerSelectorContract;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StickyNearestSelectorTest extends PeerSelectorContract {

    private static final List<Network> HOME = List.of(network("10.1.0.7", 24), network("2001:db8:1::7", 64),
            network("127.0.0.1", 8));

    @Override
    protected PeerSelector selector() {
        return new StickyNearestSelector();
    }

    /** Of one and other, with that many failures each, one is first whatever the content is called. */
    @ParameterizedTest
    @CsvSource({
            "10.1.0.200,       0, 10.2.0.200,       0",
            "10.1.0.200,       0, 10.1.1.200,       0",
            "2001:db8:1::9,    0, 2001:db8:2::9,    0",
            "2001:db8:1::9,    0, 10.2.0.200,       0",
            "127.0.0.1,        0, 192.0.2.1,        0",
            "10.1.0.200,       0, near.example,     0",
            "192.0.2.1,        0, 10.1.0.200,       1",
            "10.1.0.200,       1, 10.1.0.201,       2"})
    void near_ones_come_first_unless_they_failed(String one, int failures, String other, int failuresOfOther) {
        List<Candidate> candidates = List.of(candidate("other", other, failuresOfOther),
                candidate("one", one, failures));
        for (int i = 0; i < 50; i++) {
            assertThat(firstFor("content" + i, candidates, HOME)).isEqualTo("one");
        }
    }

    @Test
    void the_order_does_not_change_with_the_seed_or_that_of_the_candidates() {
        List<Candidate> candidates = many(20);
        List<Candidate> order = selector().rank(request("a", candidates, HOME, 1));
        assertThat(selector().rank(request("a", candidates.reversed(), HOME, 2))).isEqualTo(order);
    }

    @Test
    void the_others_keep_their_order_when_a_peer_goes() {
        List<Candidate> order = selector().rank(request("a", many(20), HOME, 1));
        Candidate gone = order.get(3);
        List<Candidate> left = order.stream().filter(candidate -> !candidate.equals(gone)).toList();
        List<Candidate> remaining = many(20).stream().filter(candidate -> !candidate.equals(gone)).toList();
        assertThat(selector().rank(request("a", remaining, HOME, 1))).isEqualTo(left);
    }

    @Test
    void contents_and_hosts_are_spread_over_the_peers() {
        Map<String, Integer> byContent = new HashMap<>();
        Map<String, Integer> byHost = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            byContent.merge(firstFor("content" + i, many(4), HOME), 1, Integer::sum);
            List<Network> elsewhere = List.of(network("172.16." + i / 250 + "." + (i % 250 + 1), 24));
            byHost.merge(firstFor("content", many(4), elsewhere), 1, Integer::sum);
        }
        // 1,000 each are expected; 150 is more than five standard deviations
        assertThat(byContent).hasSize(4).allSatisfy((_, count) -> assertThat(count).isBetween(850, 1_150));
        assertThat(byHost).hasSize(4).allSatisfy((_, count) -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void nobody_is_left_out() {
        List<Candidate> candidates = List.of(candidate("a", "10.1.0.200", 0), candidate("b", "192.0.2.1", 7));
        assertThat(selector().rank(request("a", candidates, HOME, 1)))
                .containsExactlyInAnyOrderElementsOf(candidates);
    }

    private String firstFor(String content, List<Candidate> candidates, List<Network> networks) {
        return selector().rank(request(content, candidates, networks, 1)).getFirst().peer();
    }

    private static SelectionRequest request(String content, List<Candidate> candidates, List<Network> networks,
            long seed) {
        return new SelectionRequest(ContentReference.byName(content), 1, candidates, networks, seed);
    }

    private static List<Candidate> many(int count) {
        return IntStream.range(0, count).mapToObj(i -> candidate("peer" + i, "192.0.2." + i, 0)).toList();
    }

    private static Candidate candidate(String peer, String host, int failures) {
        return new Candidate(peer, new Endpoint("tcp", host, 7118), 0, Optional.empty(), failures, Optional.empty());
    }

    private static Network network(String address, int prefixLength) {
        return new Network(InetAddress.ofLiteral(address), prefixLength);
    }
}
