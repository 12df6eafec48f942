package dev.swarmdex.server.frontend;

import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.service.NoSessionException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Registers and deregisters for a seed's protocol. Its contents have a name and nothing else; its peers prove nothing and
 * never state their whole list, so that what the index has of them is taken as confirmed by each sign of life.
 *
 * <p>Safe for any number of threads; no call blocks, and futures are those of {@link IndexService}.
 */
public final class SeedSessions {

    private final IndexService service;
    private final String via;

    /** The sessions of that protocol's peers. */
    public SeedSessions(IndexService service, String via) {
        this.service = service;
        this.via = via;
    }

    /** The open session of that key. */
    public Optional<Session> session(String key) {
        return service.session(via, key, Identity.NONE);
    }

    /** Opens the peer's session, or renews it; other endpoints replace it with all that was registered in it. */
    public CompletableFuture<Session> join(Presence presence) {
        return service.join(settled(presence)).thenApply(session -> {
            service.compared(session, true);
            return session;
        });
    }

    /** Registers contents of these names, in the peer's session, which is opened if need be. One outcome for each. */
    public CompletableFuture<List<Outcome>> register(Presence presence, List<String> names) {
        return tryRegister(presence, names)
                // It ended just when something was to be added to it: then another one is opened.
                .thenCompose(first -> first.contains(Outcome.NO_SESSION)
                        ? tryRegister(presence, names)
                        : CompletableFuture.completedFuture(first))
                .thenApply(outcomes -> {
                    if (outcomes.contains(Outcome.NO_SESSION)) {
                        throw new NoSessionException(presence.peer());
                    }
                    return outcomes;
                });
    }

    /** Deregisters one content; whether it was registered. A session that offers nothing any more ends. */
    public CompletableFuture<Boolean> deregister(Session session, String name) {
        return deregister(session, List.of(name)).thenApply(outcomes -> {
            if (service.session(via, session.presence().key(), Identity.NONE)
                    .filter(left -> left.number() == session.number() && left.mappings() == 0).isPresent()) {
                // only if still so: what was asked for meanwhile comes before this, and may add to the session
                var _ = service.leaveIfEmpty(session, EndedBy.DEREGISTERED);
            }
            return outcomes.contains(Outcome.DONE);
        });
    }

    /** Deregisters contents. One outcome for each. */
    public CompletableFuture<List<Outcome>> deregister(Session session, List<String> names) {
        return inParts(names, part -> service.deregister(session,
                part.stream().map(name -> new Change.Name(name, Optional.empty())).toList()))
                .thenApply(outcomes -> {
                    service.compared(session, true);
                    return outcomes;
                });
    }

    /** Ends the session with all it offers. */
    public CompletableFuture<Integer> leave(Session session, EndedBy reason) {
        return service.leave(session, reason);
    }

    private CompletableFuture<List<Outcome>> tryRegister(Presence presence, List<String> names) {
        return join(presence).thenCompose(session -> inParts(names, part -> service.register(session,
                part.stream().map(name -> new Content(name, Optional.empty(), -1)).toList()))
                .thenApply(outcomes -> {
                    service.compared(session, true);
                    return outcomes;
                }));
    }

    /** The same peer seen from another address is still the same: what it offered stays. */
    private Presence settled(Presence presence) {
        return session(presence.key()).map(Session::presence)
                .filter(open -> open.endpoints().equals(presence.endpoints())).orElse(presence);
    }

    private static CompletableFuture<List<Outcome>> inParts(
            List<String> names, Function<List<String>, CompletableFuture<List<Outcome>>> change) {
        CompletableFuture<List<Outcome>> all = CompletableFuture.completedFuture(List.of());
        for (int from = 0; from < names.size(); from += Change.MAX_ITEMS) {
            List<String> part = names.subList(from, Math.min(names.size(), from + Change.MAX_ITEMS));
            all = all.thenCombine(change.apply(part), SeedSessions::joined);
        }
        return all;
    }

    private static List<Outcome> joined(List<Outcome> some, List<Outcome> more) {
        List<Outcome> both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }
}
