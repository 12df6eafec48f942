package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A peer that offers a content.
 *
 * @param peer the peer's name, as in {@link PeerIdentity}
 * @param since since when, from 1970 on, cut to milliseconds
 * @param endpoints 1 to 8, with hosts, of at most 472 bytes together
 * @param load what the peer last said of its load; empty if it did not, or not to the server that answers
 */
public record Source(String peer, Instant since, List<Endpoint> endpoints, Optional<Load> load) {

    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Checks the peer's name, the time and the endpoints. */
    public Source {
        PeerIdentity.checkName(peer);
        if (since.isBefore(Instant.EPOCH) || since.isAfter(LATEST)) {
            throw new IllegalArgumentException("since must not be before 1970 or in the far future");
        }
        since = since.truncatedTo(ChronoUnit.MILLIS);
        endpoints = Endpoint.checkReachable(endpoints);
    }

    /** A source whose load is not known. */
    public Source(String peer, Instant since, List<Endpoint> endpoints) {
        this(peer, since, endpoints, Optional.empty());
    }

    int wireSize() {
        return 1 + WireText.utf8Length(peer) + 8 + Endpoint.wireSize(endpoints) + 1
                + (load.isPresent() ? Load.BYTES : 0);
    }
}
