package dev.swarmdex.plugin.random;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.pf4j.Extension;

/** All candidates, shuffled by the request's seed. */
@Extension
public final class RandomSelector implements PeerSelector {

    @Override
    public String strategy() {
        return "random";
    }

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        List<Candidate> shuffled = new ArrayList<>(request.candidates());
        // java.util.Random gives nearly the same first numbers for neighbouring seeds, SplittableRandom does not
        Collections.shuffle(shuffled, new SplittableRandom(request.seed()));
        return shuffled;
    }
}
