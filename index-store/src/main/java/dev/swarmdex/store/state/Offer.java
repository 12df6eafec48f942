package dev.swarmdex.store.state;

import dev.swarmdex.store.Source;
import java.time.Instant;

/** An open mapping: a session offers a content. Its number in the content's set is the session's. */
record Offer(long mapping, OpenContent of, OpenSession by, Instant since) implements Numbered {

    @Override
    public long number() {
        return by.number();
    }

    Source source() {
        var presence = by.presence();
        return new Source(by.number(), presence.peer(), presence.via(), since, presence.endpoints());
    }
}
