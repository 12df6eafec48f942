package dev.swarmdex.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A change to the index, with the type of its result. A change is applied whole or not at all.
 */
public sealed interface Change<R> {

    /**
     * Opens a session. An open one with the same {@code via} and {@code key} is kept if it is equal, and otherwise
     * ended as {@link EndedBy#REPLACED} with its mappings. The result is the session's number.
     */
    record Join(Presence presence) implements Change<Long> {}

    /** Opens a mapping for each content that the session does not offer yet. One result for each content, in order. */
    record Register(long session, List<Content> contents) implements Change<List<Outcome>> {}

    /** Ends mappings by name, and by content id where one is given. One result for each, in order. */
    record Deregister(long session, List<Name> names, EndedBy reason) implements Change<List<Outcome>> {}

    /** Ends a session and all its mappings. The result is the number of mappings ended. */
    record Leave(long session, EndedBy reason) implements Change<Integer> {}

    /** Records a download that a peer reports. */
    record Report(Content content, String peer, String source, long bytes, Duration took, DownloadResult result)
            implements
                Change<Boolean> {}

    /** A content by its name, and its id if the name alone is not meant. */
    record Name(String name, Optional<String> id) {}

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
}
