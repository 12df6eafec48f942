package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.List;

/** Requests for selectors. */
final class Requests {

    private Requests() {}

    /** A request with one candidate. */
    static SelectionRequest any() {
        Candidate candidate = Candidate.unknown("alice", new Endpoint("tcp", "localhost", 7118));
        return new SelectionRequest(ContentReference.byName("a"), -1, List.of(candidate), List.of(), 1);
    }
}
