package dev.swarmdex.plugin.fastest;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.SelectionRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;

/**
 * All candidates in a weighted random order: a peer's weight is the square of the rate at which pieces can be expected
 * from it, so that one that is twice as fast is first four times as often.
 *
 * <p>The rate to expect is what this host measured, or what the peer says it sends, if that is more, divided among the
 * uploads that the peer says it has and the new one; and each piece takes the latency besides. A peer that was never
 * measured counts as fast as some other one, drawn at random, that was: so unknown peers are tried as often as they can
 * be expected to be good, and less often where many fast ones are known. The random order explores the others now and
 * then, since peers change; and it keeps all hosts of a swarm, who measure and hear much the same, from running to the
 * same peer together.
 *
 * <p>Drawing each next one with a probability in proportion to its weight is the same as sorting by exponential variables
 * with the weights for their rates (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
 */
@Extension
public final class FastestSelector implements PeerSelector {

    /** Each failure in a row halves the rate to expect, up to this many of them. */
    private static final int MOST_HALVINGS = 20;

    /** What a peer is taken to send where nothing was measured yet, in bytes per second. */
    private static final double UNKNOWN = 1e6;

    private record Drawn(Candidate candidate, double turn) {}

    @Override
    public String strategy() {
        return "fastest";
    }

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        RandomGenerator random = new SplittableRandom(request.seed());
        double[] measured = request.candidates().stream().mapToDouble(Candidate::bytesPerSecond)
                .filter(rate -> rate > 0).toArray();
        double piece = PieceSize.of(Math.max(0, request.size()));
        return request.candidates().stream().map(candidate -> {
            double pieces = piecesPerSecond(candidate, capacity(candidate, measured, random), piece);
            return new Drawn(candidate, random.nextExponential() / (pieces * pieces));
        }).sorted(Comparator.comparingDouble(Drawn::turn)).map(Drawn::candidate).toList();
    }

    private static double capacity(Candidate candidate, double[] measured, RandomGenerator random) {
        if (candidate.bytesPerSecond() > 0) {
            return candidate.bytesPerSecond();
        }
        return measured.length > 0 ? measured[random.nextInt(measured.length)] : UNKNOWN;
    }

    private static double piecesPerSecond(Candidate candidate, double capacity, double piece) {
        double share = candidate.load()
                .map(load -> Math.max(capacity, (double) load.bytesPerSecond()) / (1.0 + load.uploads()))
                .orElse(capacity);
        double rate = Math.scalb(share, -Math.min(candidate.failures(), MOST_HALVINGS));
        double latency = candidate.latency().map(FastestSelector::seconds).orElse(0.0);
        return 1 / (latency + piece / rate);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
