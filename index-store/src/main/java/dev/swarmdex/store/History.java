package dev.swarmdex.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was, and still is: the mappings of a content, asked of the database. Safe for any number of threads; a call waits for
 * the database, but no longer than {@link #MOST_SECONDS}.
 */
public interface History {

    /** The most entries of a page. */
    int MAX_LIMIT = 1_000;

    /** How long a question may take. */
    int MOST_SECONDS = 5;

    /**
     * One mapping from its beginning to its end.
     *
     * @param number grows with the time of the beginning
     * @param host the address that the peer was seen from
     * @param until empty while it is open, as is the reason
     */
    record Entry(long number, Content content, String peer, String via, String host, Instant since,
            Optional<Instant> until, Optional<EndedBy> endedBy) {}

    /**
     * A part of the history.
     *
     * @param entries the latest first
     * @param next what to ask with for older ones; empty at the end
     */
    record Part(List<Entry> entries, Optional<Long> next) {

        /** Copies the list. */
        public Part {
            entries = List.copyOf(entries);
        }
    }

    /**
     * The mappings of the contents of that name, the latest first.
     *
     * @param before shows only older ones than that number; {@link Long#MAX_VALUE} for all
     * @param limit 1 to {@value #MAX_LIMIT}
     * @throws StoreException when the database fails, or takes too long
     */
    Part ofName(String name, long before, int limit);

    /** The mappings of the contents with that id, likewise. */
    Part ofId(String contentId, long before, int limit);
}
