package dev.swarmdex.store.state;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.SwarmChange;
import java.time.Instant;
import java.util.List;

/**
 * One thing that a change does to the index. The same effects become rows in the database and, once these are committed,
 * the new state of the read model. Numbers identify rows; the writer gives them out.
 */
public sealed interface Effect {

    /** A peer was seen for the first time. */
    record PeerAdded(long number, String via, String name) implements Effect {}

    /** A content was seen for the first time. */
    record ContentAdded(long number, Content content) implements Effect {}

    /** A peer joined. */
    record SessionOpened(long number, long peer, Presence presence, Instant since) implements Effect {}

    /** A session ended, and with it every mapping that it still had. */
    record SessionEnded(long number, Instant until, EndedBy reason) implements Effect {}

    /** This server began to keep a session's lease. */
    record SessionKept(long number) implements Effect {}

    /** A session began to offer a content. */
    record MappingOpened(long number, long contentNumber, Content content, long session, Instant since)
            implements
                Effect {}

    /** A session stopped offering the content that it had under that name. */
    record MappingEnded(long number, String name, long session, Instant until, EndedBy reason) implements Effect {}

    /** A download was reported. */
    record DownloadRecorded(long number, long contentNumber, Change.Report report, Instant finishedAt)
            implements
                Effect {}

    /** Swarms of a tracker changed, of which the read model knows nothing. */
    record SwarmsChanged(List<SwarmChange> changes, Instant moment) implements Effect {}
}
