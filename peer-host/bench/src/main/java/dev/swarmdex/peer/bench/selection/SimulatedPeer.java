package dev.swarmdex.peer.bench.selection;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.api.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A peer of a simulated swarm: what it has, what it has seen of the others, and how busy it is. */
final class SimulatedPeer {

    private static final Duration SAME_SITE = Duration.ofMillis(1);
    private static final Duration OTHER_SITE = Duration.ofMillis(40);

    final int number;
    final Scenario.Participant participant;
    final BitSet contents = new BitSet();
    boolean present = true;
    /** How many uploads it has right now. */
    int uploads;

    private final Map<Integer, Seen> seen = new HashMap<>();
    private Optional<Load> told = Optional.empty();
    private double uploadSeconds;
    private double busySeconds;
    private double bytesSent;
    private double toldAt;

    private record Seen(double bytesPerSecond, int failures) {}

    SimulatedPeer(int number, Scenario.Participant participant, int contentCount) {
        this.number = number;
        this.participant = participant;
        if (participant.hasAll()) {
            contents.set(0, contentCount);
        }
    }

    /** Sites are networks of their own. */
    private String address() {
        return "10." + participant.site() + "." + number / 250 + "." + (number % 250 + 1);
    }

    List<Network> networks() {
        return List.of(new Network(InetAddress.ofLiteral(address()), 16));
    }

    /** The peer as a source for another, with what the other knows of it. */
    Candidate candidateFor(SimulatedPeer other) {
        Seen known = other.seen.getOrDefault(number, new Seen(0, 0));
        Optional<Duration> latency = other.seen.containsKey(number)
                ? Optional.of(other.participant.site() == participant.site() ? SAME_SITE : OTHER_SITE)
                : Optional.empty();
        return new Candidate("peer" + number, new Endpoint("tcp", address(), 7118), known.bytesPerSecond(), latency,
                known.failures(), told);
    }

    void succeeded(int source, double bytesPerSecond) {
        seen.put(source, new Seen(bytesPerSecond, 0));
    }

    void failed(int source) {
        Seen before = seen.getOrDefault(source, new Seen(0, 0));
        seen.put(source, new Seen(before.bytesPerSecond(), before.failures() + 1));
    }

    /** So much time has passed, in which it sent so much. */
    void pass(double seconds, double bytes) {
        uploadSeconds += uploads * seconds;
        busySeconds += uploads > 0 ? seconds : 0;
        bytesSent += bytes;
    }

    /** A sign of life, with the load since the last one, as a host measures it. */
    void tellLoad(double now) {
        double elapsed = Math.max(1e-9, now - toldAt);
        told = Optional.of(new Load((int) Math.round(uploadSeconds / elapsed),
                busySeconds > 0 ? (long) (bytesSent / busySeconds) : 0));
        uploadSeconds = 0;
        busySeconds = 0;
        bytesSent = 0;
        toldAt = now;
    }
}
