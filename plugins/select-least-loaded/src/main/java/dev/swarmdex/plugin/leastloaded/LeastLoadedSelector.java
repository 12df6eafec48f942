package dev.swarmdex.plugin.leastloaded;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;

/**
 * All candidates in a weighted random order: a peer's weight is the rate that one more upload of it can expect, by what
 * the peers say of their load.
 *
 * <p>Random, because the loads are up to a minute old and everybody sees the same ones: if all went to the least loaded
 * peer, it would be the most loaded one a moment later. Drawing each next one with a probability in proportion to its
 * weight is the same as sorting by exponential variables with the weights for their rates (Efraimidis and Spirakis,
 * "Weighted random sampling with a reservoir", 2006).
 */
@Extension
public final class LeastLoadedSelector implements PeerSelector {

    /** Each failure in a row halves a weight, up to this many of them. */
    private static final int MOST_HALVINGS = 20;

    private record Drawn(Candidate candidate, double turn) {}

    @Override
    public String strategy() {
        return "least-loaded";
    }

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        RandomGenerator random = new SplittableRandom(request.seed());
        Load typical = typical(request.candidates());
        return request.candidates().stream()
                .map(candidate -> new Drawn(candidate, random.nextExponential() / weight(candidate, typical)))
                .sorted(Comparator.comparingDouble(Drawn::turn)).map(Drawn::candidate).toList();
    }

    /** The mean of what the candidates told: what to expect of one that tells nothing, or has not sent anything. */
    private static Load typical(List<Candidate> candidates) {
        double uploads = candidates.stream().flatMap(candidate -> candidate.load().stream())
                .mapToInt(Load::uploads).average().orElse(0);
        double rate = candidates.stream().flatMap(candidate -> candidate.load().stream())
                .mapToLong(Load::bytesPerSecond).filter(bytes -> bytes > 0).average().orElse(0);
        return new Load((int) Math.round(uploads), Math.max(1, (long) rate));
    }

    private static double weight(Candidate candidate, Load typical) {
        Load load = candidate.load().orElse(typical);
        return rateOfOneMore(load, typical) * Math.scalb(1.0, -Math.min(candidate.failures(), MOST_HALVINGS));
    }

    /**
     * A peer is taken to send as fast as it can; the fewer uploads tell of that, the more it is taken for a typical peer.
     */
    private static double rateOfOneMore(Load load, Load typical) {
        double evidence = load.bytesPerSecond() == 0 ? 0 : Math.max(1, load.uploads());
        double capacity = (typical.bytesPerSecond() + evidence * load.bytesPerSecond()) / (1 + evidence);
        return capacity / (1.0 + load.uploads());
    }
}
