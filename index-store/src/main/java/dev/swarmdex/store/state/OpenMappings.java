package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionOpened;
import dev.swarmdex.store.state.Names.Named;
import dev.swarmdex.store.state.PlannedSession.Offered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is open: sessions, contents and what ties them. One thread, the writer, applies effects, and alone may read
 * without {@link #read}; any number of threads read with it meanwhile.
 *
 * <p>The sessions, of which there are thousands, are objects in concurrent maps. The rest, of which there are millions, is rows
 * in columns, guarded by a lock that the writer takes anew for each effect (about a microsecond) and a reader for each
 * small step of its page: nobody waits for a batch, for a page, or for a table that grows.
 */
final class OpenMappings {

    /** How many contents are read between two chances for the writer. */
    static final int STEP = 64;

    final Map<Long, OpenSession> sessions = new ConcurrentHashMap<>();
    /** The same, for pages: the other one finds each sooner. */
    final ConcurrentNavigableMap<Long, OpenSession> sessionsInOrder = new ConcurrentSkipListMap<>();
    final Map<SessionKey, OpenSession> sessionsByKey = new ConcurrentHashMap<>();
    final OpenContents contents = new OpenContents();
    final ContentIndex index = new ContentIndex(contents);
    final OpenOffers offers = new OpenOffers();
    final IntSets offersOf = new IntSets(offers::sessionNumber);
    private final StampedLock lock = new StampedLock();
    private final AtomicLong revisions;
    private final Names names;

    OpenMappings(AtomicLong revisions, Names names) {
        this.revisions = revisions;
        this.names = names;
    }

    /** Runs a short step of a lookup, during which nothing changes. */
    <T> T read(Supplier<T> step) {
        long stamp = lock.readLock();
        try {
            return step.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Some contents from that number on, with their names; for any thread. */
    List<Named> named(long from) {
        return read(() -> {
            List<Named> part = new ArrayList<>();
            index.visitAll(from, row -> {
                part.add(new Named(contents.number(row), contents.name(row)));
                return part.size() < STEP;
            });
            return part;
        });
    }

    /** The number of a content that is open. Writer only. */
    OptionalLong number(Content content) {
        int row = index.find(content);
        return row == HashIndex.NONE ? OptionalLong.empty() : OptionalLong.of(contents.number(row));
    }

    /** What the session offers under that name. Writer only. */
    @Nullable
    Offered offered(OpenSession session, String name) {
        int offer = session.offer(name);
        return offer == HashIndex.NONE
                ? null
                : new Offered(offers.number(offer), contents.content(offers.content(offer)));
    }

    /** Takes in what is open already, while nobody looks and nothing has ended. Writer only. */
    void load(Effect effect) {
        switch (effect) {
            case SessionOpened opened -> open(opened);
            case MappingOpened opened -> {
                OpenSession session = requireSession(opened.session());
                int content = index.find(opened.contentNumber());
                offer(opened, content == HashIndex.NONE
                        ? index.load(opened.contentNumber(), opened.content())
                        : content, session);
                session.expect();
            }
            default -> throw new IllegalArgumentException("what is loaded is open: " + effect);
        }
    }

    /** Makes all that was loaded findable. Writer only. */
    void endLoading() {
        index.endLoading();
        sessions.values().forEach(OpenSession::makeRoom);
        for (int offer = 0; offer < offers.size(); offer++) {
            offers.session(offer).add(offer);
        }
        sessions.values().forEach(session -> session.show(revisions.incrementAndGet()));
    }

    void apply(Effect effect) {
        switch (effect) {
            case SessionOpened opened -> write(() -> open(opened));
            case SessionEnded ended -> end(ended);
            case MappingOpened opened -> write(() -> open(opened));
            case MappingEnded ended -> write(() -> end(ended));
            case Effect.PeerAdded _,Effect.ContentAdded _,Effect.DownloadRecorded _,Effect.SessionKept _,Effect.SwarmsChanged _ -> {
                // only history, between servers, or in a tracker: nothing opens or ends here
            }
        }
    }

    private void write(Runnable change) {
        long stamp = lock.writeLock();
        try {
            change.run();
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    private void open(SessionOpened opened) {
        var session = new OpenSession(opened.number(), opened.presence(), opened.since(),
                revisions.incrementAndGet(), offers, contents);
        offers.addSession(session);
        sessions.put(opened.number(), session);
        sessionsInOrder.put(opened.number(), session);
        sessionsByKey.put(SessionKey.of(opened.presence()), session);
    }

    /** One mapping at a time: a session may have a million. */
    private void end(SessionEnded ended) {
        OpenSession session = requireSession(ended.number());
        sessions.remove(ended.number());
        sessionsInOrder.remove(ended.number());
        sessionsByKey.remove(SessionKey.of(session.presence()), session);
        for (int offer : session.all()) {
            write(() -> withdraw(session, offer));
        }
        write(() -> offers.removeSession(session));
    }

    private void open(MappingOpened opened) {
        OpenSession session = requireSession(opened.session());
        int content = index.find(opened.contentNumber());
        if (content == HashIndex.NONE) {
            content = index.add(opened.contentNumber(), opened.content());
            names.opened(opened.contentNumber(), opened.content().name());
        }
        session.add(offer(opened, content, session));
        session.show(revisions.incrementAndGet());
    }

    private int offer(MappingOpened opened, int content, OpenSession session) {
        int offer = offers.add(opened.number(), content, session, opened.since());
        contents.setOffers(content, offersOf.with(contents.offers(content), offer));
        return offer;
    }

    private void end(MappingEnded ended) {
        OpenSession session = requireSession(ended.session());
        int offer = session.offer(ended.name());
        if (offer == HashIndex.NONE) {
            throw new IllegalStateException("session " + ended.session() + " doesn't offer that");
        }
        withdraw(session, offer);
        session.show(revisions.incrementAndGet());
    }

    private OpenSession requireSession(long number) {
        OpenSession session = sessions.get(number);
        if (session == null) {
            throw new IllegalStateException("session " + number + " is not open");
        }
        return session;
    }

    private void withdraw(OpenSession session, int offer) {
        session.remove(offer);
        int content = offers.content(offer);
        int rest = offersOf.without(contents.offers(content), offer);
        offers.remove(offer);
        if (rest == IntSets.EMPTY) {
            names.ended(contents.number(content));
            index.remove(content);
        } else {
            contents.setOffers(content, rest);
        }
    }
}
