package dev.swarmdex.peer.api;

import java.util.List;

/**
 * A question to a selector: from which of these peers should this content come?
 *
 * @param size of the content in bytes; -1 when unknown
 * @param candidates all that offer it, in no particular order; the list is immutable
 * @param networks the networks that this host is in, the loopback's among them, in an order that stays the same while
 *        they do; the list is immutable
 * @param seed makes random choices repeatable: the same request gives the same answer
 */
public record SelectionRequest(ContentReference content, long size, List<Candidate> candidates,
        List<Network> networks, long seed) {

    /** Keeps immutable copies of the lists; refuses impossible values with an IllegalArgumentException. */
    public SelectionRequest {
        if (size < -1) {
            throw new IllegalArgumentException("not a size: " + size + " (-1 when unknown)");
        }
        candidates = List.copyOf(candidates);
        networks = List.copyOf(networks);
    }
}
