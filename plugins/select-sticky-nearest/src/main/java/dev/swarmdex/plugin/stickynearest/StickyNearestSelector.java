package dev.swarmdex.plugin.stickynearest;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Network;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.pf4j.Extension;

/**
 * The candidates in this host's own networks first, then the others; in each group always in the same order.
 *
 * <p>The order within a group is that of rendezvous hashing: each peer has a fixed pseudo-random number for this host and
 * this content, and the highest comes first. So the host goes back to the same peers for the same content, whose disks
 * have it at hand; other hosts and other contents go to others; and when a peer comes or goes, the rest keep their order.
 * Peers that failed at the latest attempts come last, the fewest failures first. The request's seed does not matter.
 */
@Extension
public final class StickyNearestSelector implements PeerSelector {

    private record Placed(Candidate candidate, boolean near, long number) {}

    private static final Comparator<Placed> ORDER = Comparator
            .comparingInt((Placed placed) -> placed.candidate.failures())
            .thenComparing(Placed::near, Comparator.reverseOrder())
            .thenComparing(Placed::number, Comparator.reverseOrder())
            .thenComparing(placed -> placed.candidate.endpoint().toString());

    @Override
    public String strategy() {
        return "sticky-nearest";
    }

    @Override
    public List<Candidate> rank(SelectionRequest request) {
        String key = key(request);
        return request.candidates().stream()
                .map(candidate -> new Placed(candidate, isNear(candidate, request.networks()),
                        number(candidate.peer() + '\n' + key)))
                .sorted(ORDER).map(Placed::candidate).toList();
    }

    private static boolean isNear(Candidate candidate, List<Network> networks) {
        return networks.stream().anyMatch(network -> network.contains(candidate.endpoint().host()));
    }

    /** What this host and this content are known by. */
    private static String key(SelectionRequest request) {
        ContentReference content = request.content();
        String wanted = content.id().map(Object::toString).or(content::name).orElseThrow();
        return request.networks().stream().map(network -> network.address().getHostAddress())
                .collect(Collectors.joining("\n", wanted + "\n", ""));
    }

    /** The generator turns the nearly equal hash codes of nearly equal texts into quite different numbers. */
    private static long number(String text) {
        return new SplittableRandom(text.hashCode()).nextLong();
    }
}
