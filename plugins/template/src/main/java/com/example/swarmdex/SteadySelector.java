package com.example.swarmdex;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.Comparator;
import java.util.List;
import org.pf4j.Extension;

/** First the peers that have not failed of late, and among those the fastest. */
@Extension
public final class SteadySelector implements PeerSelector {

    private static final Comparator<Candidate> STEADY = Comparator.comparingInt(Candidate::failures)
            .thenComparing(Comparator.comparingDouble(Candidate::bytesPerSecond).reversed());

    @Override
    public String strategy() {
        return "steady";
    }

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        return request.candidates().stream().sorted(STEADY).toList();
    }
}
