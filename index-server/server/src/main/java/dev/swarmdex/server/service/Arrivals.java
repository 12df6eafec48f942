package dev.swarmdex.server.service;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How peers come: who may have which name, what becomes of the session that a name had before, and how many come from one
 * address. Safe for any number of threads.
 */
final class Arrivals {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final Duration BETWEEN_RETURNS = Duration.ofSeconds(1);

    private record Key(String via, String key) {

        static Key of(Presence presence) {
            return new Key(presence.via(), presence.key());
        }
    }

    /** Joins on their way to the store, so that two peers can't slip in under one name together. */
    private record Joining(Identity identity, int joins) {}

    private final IndexStore store;
    private final Lookups lookups;
    private final Leases leases;
    private final Function<Presence, Duration> lease;
    private final Endings endings;
    private final Departures departures;
    private final ComingsAndGoings log;
    private final PeersPerAddress peersPerAddress = new PeersPerAddress();
    private volatile int mostPeersPerAddress;
    /** Guarded by this. */
    private final Map<Key, Joining> joining = new HashMap<>();
    /** Peers that wait until all is ended that they offered before. Guarded by this. */
    private final Set<Key> returning = new HashSet<>();

    /**
     * Those who come to a store.
     *
     * @param lease how long a session lasts without a sign of life
     */
    Arrivals(IndexStore store, Leases leases, Function<Presence, Duration> lease, Endings endings,
            Departures departures, ComingsAndGoings log) {
        this.store = store;
        this.lookups = store.lookups();
        this.leases = leases;
        this.lease = lease;
        this.endings = endings;
        this.departures = departures;
        this.log = log;
    }

    /** From now on about that many peers from one address; 0 for any number. */
    void limit(int mostPeers) {
        mostPeersPerAddress = mostPeers;
    }

    /** Counts anew how many there are from each address; to be called now and then. */
    void count() {
        peersPerAddress.count(lookups.sessions());
    }

    /** Whether a session of that front-end and key is on its way to the store. */
    synchronized boolean isJoining(Presence presence) {
        return joining.containsKey(Key.of(presence));
    }

    /** Whether the session's peer is there, as far as is known. */
    boolean isLive(long session) {
        return leases.isLive(session) && !endings.isUnderWay(session);
    }

    /**
     * Opens a session for a peer that has none with these very facts. Decides and submits in one step, so that between the two
     * nobody else takes the name.
     */
    synchronized CompletableFuture<Session> open(Presence presence) {
        Key key = Key.of(presence);
        Joining other = joining.getOrDefault(key, new Joining(presence.identity(), 0));
        if (!other.identity.equals(presence.identity())) {
            return CompletableFuture.failedFuture(new NameInUseException(presence.peer()));
        }
        Optional<Session> open = lookups.session(presence.via(), presence.key());
        if (open.isPresent()) {
            Session before = open.get();
            if (isLive(before.number()) && !before.presence().identity().equals(presence.identity())) {
                return CompletableFuture.failedFuture(new NameInUseException(presence.peer()));
            }
            Optional<CompletableFuture<Integer>> end = endBefore(before, presence);
            if (end.isPresent()) {
                return openAfter(end.get(), presence);
            }
        }
        boolean returns = open.isPresent() && open.get().presence().host().equals(presence.host());
        if (!returns && !peersPerAddress.admits(presence.host(), mostPeersPerAddress)) {
            return CompletableFuture.failedFuture(new OverLimitException("this index takes "
                    + mostPeersPerAddress + " peers from one address, and as many are present from "
                    + presence.host()));
        }
        joining.put(key, new Joining(presence.identity(), other.joins + 1));
        return store.submit(new Change.Join(presence)).thenApply(number -> joined(presence, number))
                .whenComplete((_, _) -> endJoining(key));
    }

    /** Ends what the peer had before, if it can't go on with that; the result is the end to wait for, where it takes long. */
    private Optional<CompletableFuture<Integer>> endBefore(Session before, Presence presence) {
        if (endings.isUnderWay(before.number())) {
            LOG.debug("peer {} is back before all that it offered has ended", presence.peer());
            return endings.hurry(before);
        }
        boolean takesLong = endings.takesLong(before);
        if (leases.takeForEnding(before.number())) {
            if (takesLong) {
                return Optional.of(departures.expire(before));
            }
            departures.expireAtOnce(before);
            return Optional.empty();
        }
        // with little to end, joining does that too
        return takesLong && !before.presence().equals(presence)
                ? Optional.of(departures.leave(before, EndedBy.REPLACED))
                : Optional.empty();
    }

    /** One for each name waits; a peer that asks again meanwhile is refused, or there would be ever more that wait. */
    private CompletableFuture<Session> openAfter(CompletableFuture<Integer> end, Presence presence) {
        Key key = Key.of(presence);
        if (!returning.add(key)) {
            return CompletableFuture.failedFuture(new BusyException(
                    "what peer " + presence.peer() + " offered before is still being ended", BETWEEN_RETURNS));
        }
        return end.whenComplete((_, _) -> endReturning(key)).thenCompose(_ -> open(presence));
    }

    private synchronized void endReturning(Key key) {
        returning.remove(key);
    }

    private Session joined(Presence presence, long number) {
        Session session = lookups.session(number).orElseThrow(() -> new NoSessionException(presence.peer()));
        // a peer that asked again before it was answered has joined once
        if (leases.begin(number, lease.apply(presence))) {
            log.tell("peer {} joined from {} with {} ({})", presence.peer(), presence.host(), endpoints(presence),
                    presence.via());
        }
        return session;
    }

    private static String endpoints(Presence presence) {
        return presence.endpoints().stream()
                .map(e -> e.scheme() + "://" + Addresses.hostAndPort(e.host(), e.port()))
                .collect(Collectors.joining(" "));
    }

    private synchronized void endJoining(Key key) {
        joining.computeIfPresent(key,
                (_, one) -> one.joins == 1 ? null : new Joining(one.identity, one.joins - 1));
    }
}
