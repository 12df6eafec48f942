package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.AnswerWriter;
import dev.swarmdex.protocol.nativeudp.AnswerWriter.SourceForm;
import dev.swarmdex.protocol.nativeudp.TreeSearch;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Source;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the searches by id of one thread without allocating, where all fits one datagram. What a source looks like in a
 * reply is kept for a second, in which its peer may report another load, or for as long as its session lasts.
 */
final class QuickSearch implements dev.swarmdex.store.TreeSearch.Receiver {

    private static final int KEPT = 4096;
    private static final long KEPT_NANOSECONDS = Duration.ofSeconds(1).toNanos();
    private static final int MICROSECONDS = 1000;

    private final IndexService service;
    private final dev.swarmdex.store.TreeSearch search;
    private final LongSupplier nanoTime;
    private final AnswerWriter answer = new AnswerWriter();
    /** By the last bits of the session's number. */
    private final @Nullable Kept[] kept = new Kept[KEPT];
    private long now;

    /** A source's form, if the protocol can carry it. */
    private record Kept(Presence presence, long until, Optional<SourceForm> form) {}

    QuickSearch(IndexService service, LongSupplier nanoTime) {
        this.service = service;
        this.nanoTime = nanoTime;
        search = service.lookups().treeSearch();
    }

    /** Announces what the datagram asks for. */
    void expect(ByteBuffer datagram) {
        search.expect(datagram, TreeSearch.digest(datagram));
    }

    /** Searches for what the datagram asks; false if that takes the long way. */
    boolean answers(ByteBuffer datagram) {
        now = nanoTime.getAsLong();
        answer.begin(datagram);
        return search.find(datagram, TreeSearch.digest(datagram), this) && answer.isWhole();
    }

    /** The reply, good until the next search. */
    ByteBuffer reply() {
        return answer.datagram();
    }

    @Override
    public boolean content(byte[] bytes, int nameStart, int nameLength, long size) {
        return answer.content(bytes, nameStart, nameLength, size);
    }

    @Override
    public boolean source(long session, Presence presence, long since) {
        Optional<SourceForm> form = form(session, presence);
        return form.isEmpty() || answer.source(form.get(), Math.floorDiv(since, MICROSECONDS));
    }

    @SuppressWarnings("ReferenceEquality") // as long as the session lasts its presence is the very same
    private Optional<SourceForm> form(long session, Presence presence) {
        int place = (int) session & (KEPT - 1);
        Kept known = kept[place];
        if (known == null || known.presence != presence || now - known.until > 0) {
            Source source = new Source(session, presence.peer(), presence.via(), Instant.EPOCH, presence.endpoints());
            known = new Kept(presence, now + KEPT_NANOSECONDS,
                    Translation.source(source, service.load(session)).map(SourceForm::new));
            kept[place] = known;
        }
        return known.form;
    }
}
