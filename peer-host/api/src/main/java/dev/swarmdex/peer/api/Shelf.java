package dev.swarmdex.peer.api;

import java.util.Optional;

/**
 * All that this host offers right now; the host gives it to a transport that serves. Safe for many threads, never blocks,
 * never throws. Nothing outside it may ever be served, whatever a request says.
 */
public interface Shelf {

    /**
     * The shared content that is meant, if there is exactly one: with an id, the content of that id; by name alone, the
     * one that is offered under exactly that name. Quick enough to be asked with every request.
     */
    Optional<SharedContent> find(ContentReference content);
}
