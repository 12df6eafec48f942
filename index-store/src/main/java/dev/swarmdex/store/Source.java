package dev.swarmdex.store;

import java.time.Instant;
import java.util.List;

/** A peer that offers a content, since when, and where it can be reached. */
public record Source(long session, String peer, String via, Instant since, List<Endpoint> endpoints) {

    /** Copies the list. */
    public Source {
        endpoints = List.copyOf(endpoints);
    }
}
