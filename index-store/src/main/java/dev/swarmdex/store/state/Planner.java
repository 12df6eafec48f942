package dev.swarmdex.store.state;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.SwarmChange;
import dev.swarmdex.store.state.PlannedSession.Offered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a batch of changes into effects, without applying any: each change sees what the ones before it will have done. All
 * effects of a batch have the same time. Used by one thread, for one batch.
 */
public final class Planner {

    private final OpenMappings open;
    private final Numbers numbers;
    private final Instant now;
    private final LongPredicate kept;
    private final Map<Content, Long> contents;
    private final Map<PeerName, Long> peers;
    private final Set<Change.Report> reports;
    private final Map<Long, PlannedSession> sessions = new HashMap<>();
    private final Map<SessionKey, PlannedSession> sessionsByKey = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();

    /**
     * A planner that starts from what is open, and from what the database knows of the rest.
     *
     * @param kept which sessions' leases this server keeps
     */
    public Planner(ReadModel model, Known known, Numbers numbers, Instant now, LongPredicate kept) {
        this.open = model.open();
        this.numbers = numbers;
        this.now = now;
        this.kept = kept;
        this.contents = new HashMap<>(known.contents());
        this.peers = new HashMap<>(known.peers());
        this.reports = new HashSet<>(known.reports());
    }

    /** The effects of all changes planned, in order. */
    public List<Effect> effects() {
        return Collections.unmodifiableList(effects);
    }

    /** Plans the next change, and returns its result. */
    @SuppressWarnings("unchecked") // each case returns the type that its change declares
    public <R> R plan(Change<R> change) {
        return (R) switch (change) {
            case Change.Join(var presence) -> join(presence);
            case Change.Register(var session, var added) -> register(session, added);
            case Change.Deregister(var session, var names, var reason) -> deregister(session, names, reason);
            case Change.Leave(var session, var reason) -> leave(session, reason);
            case Change.LeaveIfEmpty(var session, var reason) -> leaveIfEmpty(session, reason);
            case Change.Keep(var session) -> keep(session);
            case Change.Report report -> report(report);
            case Change.Track(var changed) -> track(changed);
        };
    }

    private Long join(Presence presence) {
        PlannedSession present = session(SessionKey.of(presence));
        if (present != null) {
            if (present.presence().equals(presence)) {
                return present.number();
            }
            end(present, EndedBy.REPLACED);
        }
        var session = new PlannedSession(numbers.nextSession(), presence, open);
        sessions.put(session.number(), session);
        sessionsByKey.put(SessionKey.of(presence), session);
        effects.add(new Effect.SessionOpened(session.number(), peerNumber(PeerName.of(presence)), presence, now));
        return session.number();
    }

    private List<Outcome> register(long number, List<Content> added) {
        PlannedSession session = session(number);
        return session == null
                ? Collections.nCopies(added.size(), Outcome.NO_SESSION)
                : added.stream().map(content -> register(session, content)).toList();
    }

    private Outcome register(PlannedSession session, Content content) {
        Offered offered = session.offered(content.name());
        if (offered != null) {
            if (offered.content().equals(content)) {
                return Outcome.UNCHANGED;
            }
            withdraw(session, offered, EndedBy.REPLACED);
        }
        long contentNumber = contentNumber(content);
        long mapping = numbers.nextMapping();
        session.add(new Offered(mapping, content));
        effects.add(new Effect.MappingOpened(mapping, contentNumber, content, session.number(), now));
        return Outcome.DONE;
    }

    private List<Outcome> deregister(long number, List<Change.Name> names, EndedBy reason) {
        PlannedSession session = session(number);
        return session == null
                ? Collections.nCopies(names.size(), Outcome.NO_SESSION)
                : names.stream().map(name -> deregister(session, name, reason)).toList();
    }

    private Outcome deregister(PlannedSession session, Change.Name name, EndedBy reason) {
        Offered offered = session.offered(name.name());
        if (offered == null || (name.id().isPresent() && !name.id().equals(offered.content().id()))) {
            return Outcome.NOT_REGISTERED;
        }
        withdraw(session, offered, reason);
        return Outcome.DONE;
    }

    private Integer leave(long number, EndedBy reason) {
        PlannedSession session = session(number);
        if (session == null || (reason == EndedBy.EXPIRED && !kept.test(number))) {
            return 0;
        }
        end(session, reason);
        return session.mappings();
    }

    private Boolean leaveIfEmpty(long number, EndedBy reason) {
        PlannedSession session = session(number);
        if (session == null || session.mappings() > 0) {
            return false;
        }
        end(session, reason);
        return true;
    }

    private Boolean keep(long number) {
        if (session(number) == null) {
            return false;
        }
        if (!kept.test(number)) {
            effects.add(new Effect.SessionKept(number));
        }
        return true;
    }

    private Boolean report(Change.Report report) {
        if (!reports.add(report)) {
            return false;
        }
        effects.add(new Effect.DownloadRecorded(numbers.nextDownload(), contentNumber(report.content()), report, now));
        return true;
    }

    private Integer track(List<SwarmChange> changed) {
        effects.add(new Effect.SwarmsChanged(changed, now));
        return changed.size();
    }

    private void withdraw(PlannedSession session, Offered offered, EndedBy reason) {
        String name = offered.content().name();
        session.remove(name);
        effects.add(new Effect.MappingEnded(offered.mapping(), name, session.number(), now, reason));
    }

    private void end(PlannedSession session, EndedBy reason) {
        session.end();
        effects.add(new Effect.SessionEnded(session.number(), now, reason));
    }

    private @Nullable PlannedSession session(long number) {
        PlannedSession session = sessions.computeIfAbsent(
                number, _ -> present(number));
        return session == null || session.ended() ? null : session;
    }

    private @Nullable PlannedSession present(long number) {
        OpenSession present = open.sessions.get(number);
        return present == null ? null : new PlannedSession(present, open);
    }

    private @Nullable PlannedSession session(SessionKey key) {
        PlannedSession planned = sessionsByKey.get(key);
        if (planned != null) {
            return planned.ended() ? null : planned;
        }
        OpenSession present = open.sessionsByKey.get(key);
        return present == null ? null : session(present.number());
    }

    private long contentNumber(Content content) {
        Long known = contents.get(content);
        if (known == null) {
            OptionalLong present = open.number(content);
            known = present.isPresent() ? present.getAsLong() : addContent(content);
            contents.put(content, known);
        }
        return known;
    }

    private long addContent(Content content) {
        long number = numbers.nextContent();
        effects.add(new Effect.ContentAdded(number, content));
        return number;
    }

    private long peerNumber(PeerName name) {
        return peers.computeIfAbsent(name, this::addPeer);
    }

    private long addPeer(PeerName name) {
        long number = numbers.nextPeer();
        effects.add(new Effect.PeerAdded(number, name.via(), name.name()));
        return number;
    }
}
