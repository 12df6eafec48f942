package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.host.download.Source;
import dev.swarmdex.peer.host.download.Wanted;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A content as one peer offers it at one of its endpoints, with what is known of it there.
 *
 * @param name under which it is offered
 * @param load how busy the peer said it is, if it did
 */
record Found(String name, Optional<ContentId> id, OptionalLong size, String peer, Endpoint endpoint,
        Optional<Load> load) {

    Source source() {
        return new Source(peer, endpoint, name, load);
    }

    boolean isFrom(String peerOrEndpoint) {
        return peer.equals(peerOrEndpoint) || endpoint.toString().equals(peerOrEndpoint);
    }

    /**
     * Whether this may be the wanted content. What is offered without an id may, whatever its bytes are: that shows when
     * they come.
     */
    boolean mayBe(Wanted wanted) {
        boolean sameId = id.isEmpty() || id.equals(wanted.knownId());
        boolean sameSize = size.isEmpty() || wanted.knownSize().isEmpty() || size.equals(wanted.knownSize());
        return sameId && sameSize;
    }
}
