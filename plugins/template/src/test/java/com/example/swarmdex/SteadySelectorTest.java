package com.example.swarmdex;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.testkit.PeerSelectorContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All that hosts rely on is in the contract; what makes this selector a good one is here. */
class SteadySelectorTest extends PeerSelectorContract {

    private static final Endpoint ENDPOINT = new Endpoint("tcp", "192.0.2.1", 7118);

    @Override
    protected PeerSelector selector() {
        return new SteadySelector();
    }

    @Test
    void peers_that_failed_come_last_and_the_fastest_first() {
        SelectionRequest request = new SelectionRequest(ContentReference.byName("film.mkv"), 1 << 20,
                List.of(candidate("fails", 9e6, 2), candidate("slow", 1e6, 0), candidate("fast", 5e6, 0)), List.of(),
                1);
        assertThat(selector().rank(request)).extracting(Candidate::peer).containsExactly("fast", "slow", "fails");
    }

    private static Candidate candidate(String peer, double bytesPerSecond, int failures) {
        return new Candidate(peer, ENDPOINT, bytesPerSecond, Optional.empty(), failures, Optional.empty());
    }
}
