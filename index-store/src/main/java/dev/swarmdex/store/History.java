package dev.swarmdex.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was, and still is: the mappings of a content and the sessions of a peer, asked of the database. Safe for any
 * number of threads; a call waits for the database, but no longer than {@link #MOST_SECONDS}.
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
     * One session of a peer from its beginning to its end.
     *
     * @param number grows with the time of the beginning
     * @param host the address that the peer was seen from
     * @param until empty while it is open, as is the reason
     * @param mappings how many were opened in it
     */
    record Visit(long number, String via, String host, Instant since, Optional<Instant> until,
            Optional<EndedBy> endedBy, long mappings) {}

    /**
     * A part of the history.
     *
     * @param entries the latest first
     * @param next what to ask with for older ones; empty at the end
     */
    record Part<E>(List<E> entries, Optional<Long> next) {

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
    Part<Entry> ofName(String name, long before, int limit);

    /** The mappings of the contents with that id, likewise. */
    Part<Entry> ofId(String contentId, long before, int limit);

    /** The sessions of the peers of that name, the latest first; likewise. */
    Part<Visit> ofPeer(String peer, long before, int limit);

    /**
     * How many mappings had been opened before each of these moments, since the index was made.
     *
     * @param moments in ascending order, at most {@value #MAX_LIMIT}
     * @throws StoreException when the database fails, or takes too long
     */
    List<Long> openedBefore(List<Instant> moments);
}
