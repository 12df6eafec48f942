package dev.swarmdex.server.frontend.fixed;

import dev.swarmdex.protocol.fixed.Reply;
import dev.swarmdex.protocol.fixed.Request;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.frontend.Reachable;
import dev.swarmdex.server.frontend.SeedSessions;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries out registrations and their ends. A peer is a name at a host; it may serve each content at another port, and has
 * a session for each. For one thread, which never waits.
 */
final class FixedChanges {

    /** A registration under way: nobody else may make one that would be refused once this one is committed. */
    private record Claim(String owner, String content) {}

    private final IndexService service;
    private final SeedSessions sessions;
    private final FixedLookups lookups;
    private final Duplicates duplicates;
    /** Added to by the one thread, and removed from by the one that commits. */
    private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

    FixedChanges(IndexService service, FixedLookups lookups, Duplicates duplicates) {
        this.service = service;
        sessions = new SeedSessions(service, FixedFrontEnd.PROTOCOL);
        this.lookups = lookups;
        this.duplicates = duplicates;
    }

    CompletableFuture<Reply> register(Request.Register request, InetAddress from) {
        if (!(from instanceof Inet4Address)) {
            return CompletableFuture.completedFuture(new Reply.Failed("only IPv4 addresses fit this protocol"));
        }
        String host = Addresses.host(from);
        String owner = duplicates == Duplicates.ANY ? "" : prefix(host) + request.peer();
        Claim claim = new Claim(owner, request.content());
        // The claim comes first: one that is given up meanwhile shows in the index by then.
        if (!claims.add(claim)) {
            return CompletableFuture.completedFuture(alreadyRegistered(request.content()));
        }
        if (isDuplicate(request, host)) {
            claims.remove(claim);
            return CompletableFuture.completedFuture(alreadyRegistered(request.content()));
        }
        return sessions.register(presence(request, host), List.of(request.content()))
                .<Reply>thenApply(_ -> new Reply.Done("registered"))
                .whenComplete((_, _) -> claims.remove(claim));
    }

    CompletableFuture<Reply> deregister(Request.Deregister request, InetAddress from) {
        String host = Addresses.host(from);
        List<CompletableFuture<Boolean>> ended = lookups.offering(request.content()).stream()
                .filter(server -> isOf(server, request.peer(), host))
                .flatMap(server -> sessions.session(server.key()).stream())
                .map(session -> sessions.deregister(session, request.content())).toList();
        return all(ended).thenApply(_ -> ended.stream().anyMatch(CompletableFuture::join)
                ? new Reply.Done("deregistered")
                : new Reply.Failed("you have not registered that content"));
    }

    CompletableFuture<Reply> deregisterAll(String peer, InetAddress from) {
        String host = Addresses.host(from);
        List<CompletableFuture<Integer>> ended = service.lookups().sessions().stream()
                .filter(session -> isOf(session, peer, host))
                .map(session -> sessions.leave(session, EndedBy.DEREGISTERED)).toList();
        return all(ended).thenApply(_ -> ended.isEmpty()
                ? new Reply.Failed("you have not registered any content")
                : new Reply.Done("deregistered"));
    }

    private boolean isDuplicate(Request.Register request, String host) {
        return lookups.offering(request.content()).stream()
                .anyMatch(server -> duplicates == Duplicates.ANY || isOf(server, request.peer(), host));
    }

    private static boolean isOf(Reachable.Server server, String peer, String host) {
        return server.via().equals(FixedFrontEnd.PROTOCOL) && server.peer().equals(peer)
                && server.address().host().equals(host);
    }

    private static boolean isOf(Session session, String peer, String host) {
        Presence presence = session.presence();
        return presence.via().equals(FixedFrontEnd.PROTOCOL) && presence.peer().equals(peer)
                && presence.host().equals(host);
    }

    private static Reply alreadyRegistered(String content) {
        return new Reply.Failed(content + " is already registered");
    }

    private static CompletableFuture<?> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }

    private static Presence presence(Request.Register request, String host) {
        return new Presence(FixedFrontEnd.PROTOCOL, prefix(host) + request.port() + " " + request.peer(),
                request.peer(),
                Identity.NONE, host, List.of(new Endpoint(FixedFrontEnd.PROTOCOL, host, request.port())));
    }

    /** Hosts have no spaces, so that no two peers are taken for one. */
    private static String prefix(String host) {
        return host + " ";
    }
}
