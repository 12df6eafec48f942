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
 * All candidates, the one first from which a piece is likely to come soonest.
 *
 * <p>The rate to expect of a peer is what this host measured, or the peer says it sends, divided among the uploads that
 * the peer has and the new one. Two things keep the order from being the same for ever, and for everyone: rates are taken
 * for somewhat more or less than they are, at random, so that peers of like speed share the work; and a peer that was
 * never measured counts as fast as some other one, drawn at random, that was. So unknown peers are tried as often as they
 * may be expected to be among the best, less often where many fast ones are known. Now and then a measured peer is taken
 * for an unknown one, since peers change.
 */
@Extension
public final class FastestSelector implements PeerSelector {

    /** Of so many measured peers one is taken for unknown. */
    private static final int FORGOTTEN = 16;
    /** How far, at most, a known rate is taken for more or less than it is. */
    private static final double BLUR = 0.25;
    /** Each failure in a row halves the rate to expect, up to this many of them. */
    private static final int MOST_HALVINGS = 20;

    private record Rated(Candidate candidate, double score) {}

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
        return request.candidates().stream()
                .map(candidate -> new Rated(candidate, score(candidate, measured, piece, random)))
                .sorted(Comparator.comparingDouble(Rated::score).reversed()).map(Rated::candidate).toList();
    }

    /** Pieces a second, one after the other. */
    private static double score(Candidate candidate, double[] measured, double piece, RandomGenerator random) {
        boolean known = candidate.bytesPerSecond() > 0 && random.nextInt(FORGOTTEN) > 0;
        double blur = known ? random.nextDouble(1 - BLUR, 1 + BLUR) : random.nextDouble(2);
        double capacity = known
                ? candidate.bytesPerSecond()
                : measured.length > 0 ? measured[random.nextInt(measured.length)] : 1;
        double rate = blur * Math.scalb(share(capacity, candidate), -Math.min(candidate.failures(), MOST_HALVINGS));
        double latency = candidate.latency().map(FastestSelector::seconds).orElse(0.0);
        return 1 / (latency + piece / rate);
    }

    private static double share(double capacity, Candidate candidate) {
        return candidate.load()
                .map(load -> Math.max(capacity, load.bytesPerSecond()) / (1.0 + load.uploads())).orElse(capacity);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
