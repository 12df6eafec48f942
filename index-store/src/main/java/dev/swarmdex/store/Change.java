package dev.swarmdex.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A change to the index, with the type of its result. A change is applied whole or not at all.
 */
public sealed interface Change<R> {

    /** The most items of one change. */
    int MAX_ITEMS = 4096;

    /**
     * Opens a session. An open one with the same {@code via} and {@code key} is kept if it is equal, and otherwise
     * ended as {@link EndedBy#REPLACED} with its mappings. The result is the session's number.
     */
    record Join(Presence presence) implements Change<Long> {}

    /**
     * Opens a mapping for each content that the session does not offer yet. A mapping of the same name to another
     * content ends as {@link EndedBy#REPLACED}. One result for each content, in order.
     */
    record Register(long session, List<Content> contents) implements Change<List<Outcome>> {

        /** Checks the number of contents and copies the list. */
        public Register {
            checkCount(contents.size());
            contents = List.copyOf(contents);
        }
    }

    /** Ends mappings by name, and by content id where one is given. One result for each, in order. */
    record Deregister(long session, List<Name> names, EndedBy reason) implements Change<List<Outcome>> {

        /** Checks the number of names and copies the list. */
        public Deregister {
            checkCount(names.size());
            names = List.copyOf(names);
        }
    }

    /**
     * Ends a session and all its mappings. The result is the number of mappings ended, 0 if it was not open, or was to expire
     * and another server keeps its lease.
     */
    record Leave(long session, EndedBy reason) implements Change<Integer> {}

    /**
     * Ends a session if it still offers nothing after all that was submitted before. The result is whether it ended.
     */
    record LeaveIfEmpty(long session, EndedBy reason) implements Change<Boolean> {}

    /**
     * Makes this server the one that keeps the session's lease, until another does the same. Only the keeper can end a session
     * as {@link EndedBy#EXPIRED}. The result is whether the session is open.
     */
    record Keep(long session) implements Change<Boolean> {}

    /**
     * Records a download that a peer reports. The result is false if an equal report came within the last hour, which is
     * the same one sent again.
     *
     * @param source the peer it came from, empty when there were many
     * @param bytes how many arrived, at least 0
     * @param took 0 to 10,000 days, kept in milliseconds
     */
    record Report(Content content, String peer, String source, long bytes, Duration took, DownloadResult result)
            implements
                Change<Boolean> {

        private static final Duration LONGEST = Duration.ofDays(10_000);

        /** Checks the bounds. */
        public Report {
            Text.check("peer name", peer, 1, Presence.MAX_NAME);
            Text.check("source", source, 0, Presence.MAX_NAME);
            if (bytes < 0) {
                throw new IllegalArgumentException("a download can't have " + bytes + " bytes");
            }
            if (took.isNegative() || took.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a download takes 0 to 10,000 days, not " + took);
            }
            took = Duration.ofMillis(took.toMillis());
        }
    }

    /**
     * Writes what changed in the swarms of a tracker, in order. A row that is there already is not written again, so the same may
     * be submitted twice; only {@link SwarmChange.Completed} counts each time. The result is the number of changes.
     */
    record Track(List<SwarmChange> changes) implements Change<Integer> {

        /** Checks the number of changes and copies the list. */
        public Track {
            checkCount(changes.size());
            changes = List.copyOf(changes);
        }
    }

    /** A content by its name, and its id if the name alone is not meant. The bounds are those of {@link Content}. */
    record Name(String name, Optional<String> id) {

        /** Checks the bounds. */
        public Name {
            Text.check("content name", name, 1, Content.MAX_NAME);
            id.ifPresent(text -> Text.check("content id", text, 1, Content.MAX_ID));
        }
    }

    /** What became of one item of a change. */
    enum Outcome {
        /** The index changed as asked. */
        DONE,
        /** It was so already; nothing changed, not even in the history. */
        UNCHANGED,
        /** The session does not offer that. */
        NOT_REGISTERED,
        /** The session is not open (any more). */
        NO_SESSION
    }

    /** How a download ended. */
    enum DownloadResult {
        FINISHED, FAILED, WRONG_BYTES
    }

    private static void checkCount(int items) {
        if (items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "a change may have at most " + MAX_ITEMS + " items, not " + items + ": send several");
        }
    }
}
