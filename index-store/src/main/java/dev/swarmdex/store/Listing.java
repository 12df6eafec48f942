package dev.swarmdex.store;

import java.util.List;

/**
 * A content with the sources that offer it, or the part of them that the page holds, in the order of their sessions.
 *
 * @param number the content's number, which never changes
 */
public record Listing(long number, Content content, List<Source> sources) {

    /** Copies the list. */
    public Listing {
        sources = List.copyOf(sources);
    }
}
