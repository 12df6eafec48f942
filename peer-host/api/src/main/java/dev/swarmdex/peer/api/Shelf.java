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

    /**
     * The content with that id, if this host is still downloading it and has some of its pieces to give. What a transport
     * sends by a protocol that can't tell which pieces there are comes from {@link #find} only.
     */
    default Optional<PartialContent> findPartial(ContentReference content) {
        return Optional.empty();
    }
}
