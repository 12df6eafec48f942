package dev.swarmdex.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The open mappings, answered from memory without SQL once they are {@link #complete}. It shows only what is committed. Safe
 * for any number of threads; a lookup never waits for the database's writes.
 *
 * <p>Pages are ordered by content number and session number. A list that is read page by page shows everything that was
 * there the whole time exactly once, whatever changes meanwhile. Limits must be 1 to {@value #MAX_LIMIT}.
 */
public interface Lookups {

    /** The most sources of a page. */
    int MAX_LIMIT = 10_000;

    /**
     * Whether all that is open is in memory. Until then, for some seconds after a start, the database answers; that is slower
     * but as right, except that sessions show no mappings: compare none with what a peer says.
     */
    boolean complete();

    /** The contents of that exact name, with at most {@code limit} sources in all, after the cursor. */
    Page byName(String name, Cursor after, int limit);

    /** The contents with that id: one for each name, and for each size that is stated for it. */
    Page byId(String contentId, Cursor after, int limit);

    /** Finds ids of our own hasher for those who ask so often that they must not allocate. Each thread needs its own. */
    default TreeSearch treeSearch() {
        return (_, _, _) -> false;
    }

    /**
     * The contents whose names hold all the words, or words that begin so; ignoring case and accents. Where no name does,
     * those whose names hold words that are spelt nearly so, if the index of names is ready. A page looks at a bounded number
     * of names, so that it may be empty and yet have a next one.
     */
    Page byWords(List<String> words, Cursor after, int limit);

    /** All contents. */
    Page all(Cursor after, int limit);

    /** The open session of that front-end and key. */
    Optional<Session> session(String via, String key);

    /** The open session of that number. */
    Optional<Session> session(long number);

    /** All open sessions, as they are now. */
    Collection<Session> sessions();

    /** Whether a session offers a content of that name. */
    boolean offers(long session, String name);

    /** The open sessions with the next higher numbers, in their order, at most that many; it looks at no others. */
    List<Session> sessions(long after, int limit);

    /** Visits what a session offers, in no order, until the visitor returns false. */
    void contentsOf(long session, Predicate<Content> visitor);
}
