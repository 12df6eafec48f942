package dev.swarmdex.peer.api;

import java.util.Optional;

/** All that this host offers right now. Safe for many threads; nothing outside it may ever be served. */
public interface Shelf {

    /**
     * The shared content that is meant, if there is exactly one: with an id, the content of that id; by name alone, the
     * one that is offered under exactly that name. Quick enough to be asked with every request.
     */
    Optional<SharedContent> find(ContentReference content);
}
