package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionOpened;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is open: sessions, contents and what ties them, each found by all that lookups ask for. One thread
 * applies effects; any number read meanwhile.
 */
final class OpenMappings {

    final Map<Long, OpenSession> sessions = new ConcurrentHashMap<>();
    final Map<SessionKey, OpenSession> sessionsByKey = new ConcurrentHashMap<>();
    final Map<Content, OpenContent> contents = new ConcurrentHashMap<>();
    final Map<String, NumberedSet<OpenContent>> contentsByName = new ConcurrentHashMap<>();
    final Map<String, NumberedSet<OpenContent>> contentsById = new ConcurrentHashMap<>();
    final NumberedSet<OpenContent> contentsByNumber = new NumberedSet<>();
    private final AtomicLong revisions;

    OpenMappings(AtomicLong revisions) {
        this.revisions = revisions;
    }

    @Nullable
    OpenSession session(Presence presence) {
        return sessionsByKey.get(SessionKey.of(presence));
    }

    void apply(Effect effect) {
        switch (effect) {
            case SessionOpened opened -> open(opened);
            case SessionEnded ended -> end(ended);
            case MappingOpened opened -> open(opened);
            case MappingEnded ended -> end(ended);
            case Effect.PeerAdded _,Effect.ContentAdded _,Effect.DownloadRecorded _,Effect.SessionKept _ -> {
                // only history, or between servers: nothing opens or ends
            }
        }
    }

    private void open(SessionOpened opened) {
        var session = new OpenSession(
                opened.number(), opened.presence(), opened.since(), revisions.incrementAndGet());
        sessions.put(opened.number(), session);
        sessionsByKey.put(SessionKey.of(opened.presence()), session);
    }

    private void end(SessionEnded ended) {
        OpenSession session = sessions.remove(ended.number());
        if (session == null) {
            throw new IllegalStateException("session " + ended.number() + " is not open");
        }
        sessionsByKey.remove(SessionKey.of(session.presence()), session);
        session.offers().values().forEach(this::withdraw);
    }

    private void open(MappingOpened opened) {
        OpenSession session = requireSession(opened.session());
        OpenContent content = contents.get(opened.content());
        boolean first = content == null;
        if (content == null) {
            content = new OpenContent(opened.contentNumber(), opened.content());
            contents.put(content.content(), content);
        }
        var offer = new Offer(opened.number(), content, session, opened.since());
        content.offers().add(offer);
        if (first) {
            index(content);
        }
        session.add(offer, revisions.incrementAndGet());
    }

    private void end(MappingEnded ended) {
        OpenSession session = requireSession(ended.session());
        Offer offer = session.offer(ended.name());
        if (offer == null) {
            throw new IllegalStateException("session " + ended.session() + " doesn't offer that");
        }
        withdraw(offer);
        session.remove(ended.name(), revisions.incrementAndGet());
    }

    private OpenSession requireSession(long number) {
        OpenSession session = sessions.get(number);
        if (session == null) {
            throw new IllegalStateException("session " + number + " is not open");
        }
        return session;
    }

    private void withdraw(Offer offer) {
        OpenContent content = offer.of();
        content.offers().remove(offer.number());
        if (content.offers().isEmpty()) {
            contents.remove(content.content());
            contentsByNumber.remove(content.number());
            removeFrom(contentsByName, content.content().name(), content);
            content.content().id().ifPresent(id -> removeFrom(contentsById, id, content));
        }
    }

    private void index(OpenContent content) {
        contentsByNumber.add(content);
        addTo(contentsByName, content.content().name(), content);
        content.content().id().ifPresent(id -> addTo(contentsById, id, content));
    }

    private static void addTo(Map<String, NumberedSet<OpenContent>> index, String key, OpenContent content) {
        index.computeIfAbsent(key, _ -> new NumberedSet<>()).add(content);
    }

    private static void removeFrom(Map<String, NumberedSet<OpenContent>> index, String key, OpenContent content) {
        NumberedSet<OpenContent> set = index.get(key);
        if (set != null) {
            set.remove(content.number());
            if (set.isEmpty()) {
                index.remove(key);
            }
        }
    }
}
