package dev.swarmdex.peer.api;

import java.util.List;

/**
 * A question to a selector.
 *
 * @param size of the content in bytes; -1 when unknown
 * @param seed makes random choices repeatable: the same request gives the same answer
 */
public record SelectionRequest(ContentReference content, long size, List<Candidate> candidates, long seed) {}
