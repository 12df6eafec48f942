package dev.swarmdex.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The open mappings, answered from memory without SQL. It shows only what is committed. Safe for any number of threads.
 */
public interface Lookups {

    /** The contents of that exact name, with at most {@code limit} sources in all, after the cursor. */
    Page byName(String name, Cursor after, int limit);

    /** The contents (one for each name) with that id. */
    Page byId(String contentId, Cursor after, int limit);

    /** The contents whose names hold all the words, ignoring case. */
    Page byWords(List<String> words, Cursor after, int limit);

    /** All contents. */
    Page all(Cursor after, int limit);

    /** The open session of that front-end and key. */
    Optional<Session> session(String via, String key);

    /** The open session of that number. */
    Optional<Session> session(long number);

    /** All open sessions, as they are now. */
    Collection<Session> sessions();

    /** Visits what a session offers, in no order. */
    void contentsOf(long session, Consumer<Content> visitor);
}
