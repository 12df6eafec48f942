package dev.swarmdex.peer.api;

import java.util.Optional;

/** All that this host offers right now. Safe for many threads; nothing outside it may ever be served. */
public interface Shelf {

    /** The shared content that is meant, if there is exactly one; by name alone, the name must be an offered one. */
    Optional<SharedContent> find(ContentReference content);
}
