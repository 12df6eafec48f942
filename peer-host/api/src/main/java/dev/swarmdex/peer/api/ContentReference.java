package dev.swarmdex.peer.api;

import java.util.Optional;

/** What a request asks for: a content by its id, by its name, or both (then the id decides). */
public record ContentReference(Optional<String> name, Optional<ContentId> id) {}
