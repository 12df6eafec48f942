package dev.swarmdex.server.service;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.SwarmChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index as its front-ends see it, whatever they speak: who is present and for how long, and the changes and lookups
 * they ask for. It knows the rules of names and leases; the store knows the rest.
 *
 * <p>Safe for any number of threads, and no call blocks. Futures fail with a {@link NameInUseException}, a
 * {@link NoSessionException}, an {@link OverLimitException} or a {@link dev.swarmdex.store.StoreException}; what
 * depends on them runs on the store's writing thread and must be short.
 */
public final class IndexService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexService.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final IndexStore store;
    private final Lookups lookups;
    private final Map<String, Duration> leaseOf;
    private final Duration otherLease;
    private final Leases leases;
    private final Endings endings;
    /** The sessions that this server is about to keep. */
    private final Set<Long> taking = ConcurrentHashMap.newKeySet();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();
    /** What the peers said in their latest signs of life, by session. */
    private final Map<Long, Load> loads = new ConcurrentHashMap<>();
    private final ComingsAndGoings log;
    private final Departures departures;
    private final Arrivals arrivals;
    private volatile int registrationsPerPeer;
    private final ScheduledExecutorService sweeper = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("lease-sweeper").factory());

    /**
     * A service over a store, which stays its owner's to close.
     *
     * @param leaseOf how long a session lasts without a sign of life, by front-end; at least one
     * @param nanoTime a clock that never goes back, {@link System#nanoTime()}
     */
    public IndexService(IndexStore store, Map<String, Duration> leaseOf, LongSupplier nanoTime) {
        this.store = store;
        this.leaseOf = Map.copyOf(leaseOf);
        lookups = store.lookups();
        otherLease = leaseOf.values().stream().max(Duration::compareTo).orElseThrow();
        leases = new Leases(nanoTime);
        endings = new Endings(store);
        log = new ComingsAndGoings(nanoTime);
        departures = new Departures(endings, leases, log);
        arrivals = new Arrivals(store, leases, this::lease, endings, departures, log);
    }

    /**
     * From now on about that many contents from one peer, and that many peers from one address; 0 for any number. What is there
     * already stays.
     */
    public void limit(int mostRegistrationsPerPeer, int mostPeers) {
        registrationsPerPeer = mostRegistrationsPerPeer;
        arrivals.limit(mostPeers);
    }

    /** Gives what the store remembers its grace, and begins to end what runs out. */
    public void start() {
        restoreKept();
        arrivals.count();
        var _ = sweeper.scheduleWithFixedDelay(this::sweepAndLog, SWEEP.toMillis(), SWEEP.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Says that the sessions of that front-end are connections: one that is kept here and did not begin here has nobody behind
     * it. Ends those that there are, and later those that are adopted from servers that stopped; to be called before the first
     * client can connect.
     *
     * @return fails if they can't be ended; then that is tried again each second
     */
    public CompletableFuture<Void> sessionsAreConnections(String via) {
        connections.add(via);
        return CompletableFuture.allOf(lookups.sessions().stream()
                .filter(session -> session.presence().via().equals(via) && store.keeps(session.number()))
                .map(session -> leave(session, EndedBy.DISCONNECTED)).toArray(CompletableFuture<?>[]::new));
    }

    /** The open mappings. */
    public Lookups lookups() {
        return lookups;
    }

    /** How long a session of that front-end lasts without a sign of life. */
    public Duration lease(String via) {
        return leaseOf.getOrDefault(via, otherLease);
    }

    /**
     * Opens a session, or renews the lease of the one that the peer has. Other facts than that one has replace it, with
     * all its mappings, which takes some seconds where these are many; the name of a live peer with another identity is refused.
     */
    public CompletableFuture<Session> join(Presence presence) {
        Optional<Session> open = lookups.session(presence.via(), presence.key());
        if (open.isPresent() && open.get().presence().equals(presence) && arrivals.isLive(open.get().number())) {
            renew(open.get());
            return CompletableFuture.completedFuture(open.get());
        }
        return arrivals.open(presence);
    }

    /** A peer that talked to another server until now talks to this one: then this one keeps its lease. */
    private void renew(Session session) {
        long number = session.number();
        if (!store.keeps(number) && taking.add(number)) {
            leases.restore(number, lease(session.presence()));
            var _ = store.submit(new Change.Keep(number)).whenComplete((open, failure) -> {
                taking.remove(number);
                if (failure != null) {
                    LOG.warn("peer {} can't be taken over from another server yet: {}", session.presence().peer(),
                            failure.getMessage());
                } else if (open) {
                    log.tell("peer {} talks to this server now ({})", session.presence().peer(),
                            session.presence().via());
                }
            });
        }
        leases.renew(number, lease(session.presence()));
    }

    /** The open session of that front-end and key, if the identity is that of the peer that opened it. */
    public Optional<Session> session(String via, String key, Identity identity) {
        return openedBy(via, key, identity).filter(session -> !endings.isUnderWay(session.number()));
    }

    private Optional<Session> openedBy(String via, String key, Identity identity) {
        return lookups.session(via, key).filter(session -> session.presence().identity().equals(identity));
    }

    /**
     * The peer has said which list it offers.
     *
     * @param same whether it is what the index has; then the session is confirmed
     */
    public void compared(Session session, boolean same) {
        if (same) {
            leases.confirm(session.number());
        } else {
            leases.doubt(session.number(), lease(session.presence()), false);
        }
    }

    /** The peer has said how busy it is, or that it does not say. Kept in memory only, as long as the session is open. */
    public void told(Session session, Optional<Load> load) {
        load.ifPresentOrElse(now -> loads.put(session.number(), now), () -> loads.remove(session.number()));
    }

    /** What the session's peer last said of its load, if it talks to this server and reports one. */
    public Optional<Load> load(long session) {
        return Optional.ofNullable(loads.get(session));
    }

    /** Registers contents for the session. One outcome for each, in order. */
    public CompletableFuture<List<Change.Outcome>> register(Session session, List<Content> contents) {
        LOG.debug("peer {} registers {} contents", session.presence().peer(), contents.size());
        leases.doubt(session.number(), lease(session.presence()), true);
        int most = registrationsPerPeer;
        if (most > 0 && isOver(most, session, contents)) {
            return CompletableFuture.failedFuture(new OverLimitException("peer " + session.presence().peer()
                    + " offers " + session.mappings() + " contents, and this index takes " + most + " from one peer"));
        }
        return store.submit(new Change.Register(session.number(), contents));
    }

    /**
     * Only names that are new count: a peer may say again what it offers, and replace it. They are told apart near the
     * limit only.
     */
    private boolean isOver(int most, Session session, List<Content> contents) {
        if ((long) session.mappings() + contents.size() <= most) {
            return false;
        }
        long added = contents.stream().map(Content::name).distinct()
                .filter(name -> !lookups.offers(session.number(), name)).count();
        return added > 0 && session.mappings() + added > most;
    }

    /** Deregisters contents of the session. One outcome for each, in order. */
    public CompletableFuture<List<Change.Outcome>> deregister(Session session, List<Change.Name> names) {
        LOG.debug("peer {} deregisters {} contents", session.presence().peer(), names.size());
        leases.doubt(session.number(), lease(session.presence()), true);
        return store.submit(new Change.Deregister(session.number(), names, EndedBy.DEREGISTERED));
    }

    /**
     * Ends the session with all it offers, of which there may be something left for some seconds; the result is the number of
     * mappings that ended with it. If that fails, it is tried again each second.
     */
    public CompletableFuture<Integer> leave(Session session, EndedBy reason) {
        return departures.leave(session, reason);
    }

    /** Ends the session if it still offers nothing after all that was asked for before; the result is whether it ended. */
    public CompletableFuture<Boolean> leaveIfEmpty(Session session, EndedBy reason) {
        return departures.leaveIfEmpty(session, reason);
    }

    /**
     * As {@link #leave(Session, EndedBy)}, for the session of that front-end and key, if the identity is that of the peer that
     * opened it; leaving twice is no error.
     */
    public CompletableFuture<Integer> leave(String via, String key, Identity identity, EndedBy reason) {
        return openedBy(via, key, identity).map(session -> leave(session, reason))
                .orElseGet(() -> CompletableFuture.completedFuture(0));
    }

    /**
     * Records how a download ended; the result is false for a report that came before. A peer that downloads need not
     * offer anything, so the peer needs no session; only the name of a live peer with another identity is refused.
     */
    public CompletableFuture<Boolean> report(String via, Identity identity, Change.Report report) {
        LOG.debug("peer {} reports a download: {}", report.peer(), report.result());
        Optional<Session> open = lookups.session(via, report.peer());
        if (open.isPresent() && !open.get().presence().identity().equals(identity)) {
            return CompletableFuture.failedFuture(new NameInUseException(report.peer()));
        }
        return store.submit(report);
    }

    /** Writes what changed in a tracker's swarms; the result is the number of changes. */
    public CompletableFuture<Integer> track(Change.Track changes) {
        return store.submit(changes);
    }

    /** Hands over the swarms that the store remembers, and waits for them. */
    public void visitSwarms(SwarmChange.Visitor visitor) {
        store.visitSwarms(visitor);
    }

    /** Stops to end what runs out. */
    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    /** Ends what has run out. */
    void sweep() {
        log.sumUp();
        restoreKept();
        arrivals.count();
        for (Session session : lookups.sessions()) {
            if (store.keeps(session.number()) && leases.takeForEnding(session.number())) {
                var _ = departures.expire(session);
            }
        }
        leases.retain(
                number -> (store.keeps(number) || taking.contains(number)) && lookups.session(number).isPresent());
        loads.keySet().removeIf(number -> lookups.session(number).isEmpty());
    }

    /** Begins the leases of sessions that this server keeps without having opened them. */
    private void restoreKept() {
        for (Session session : lookups.sessions()) {
            if (store.keeps(session.number()) && !arrivals.isJoining(session.presence())
                    && leases.restore(session.number(), lease(session.presence()))
                    && connections.contains(session.presence().via())) {
                var _ = leave(session, EndedBy.DISCONNECTED).exceptionally(failure -> {
                    LOG.warn("peer {} of another server can't be ended yet: {}", session.presence().peer(),
                            failure.getMessage());
                    return 0;
                });
            }
        }
    }

    /** An exception would end the schedule for ever. */
    private void sweepAndLog() {
        try {
            sweep();
        } catch (RuntimeException e) {
            LOG.error("expired peers could not be ended", e);
        }
    }

    private Duration lease(Presence presence) {
        return lease(presence.via());
    }
}
