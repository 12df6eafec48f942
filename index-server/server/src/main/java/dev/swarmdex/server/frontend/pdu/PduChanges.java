package dev.swarmdex.server.frontend.pdu;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.pdu.ErrorCode;
import dev.swarmdex.protocol.pdu.Reply;
import dev.swarmdex.protocol.pdu.Request;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.frontend.SeedSessions;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Carries out registrations and their ends. A session belongs to the content server, whoever registers it: its key is the
 * server's address and port. For one thread, which never waits.
 */
final class PduChanges {

    private final SeedSessions sessions;
    private final Registrants registrants = new Registrants();

    PduChanges(IndexService service) {
        sessions = new SeedSessions(service, PduFrontEnd.PROTOCOL);
    }

    CompletableFuture<Reply> register(Request.Register request, InetSocketAddress source) {
        Address server = server(request.host(), request.port(), source);
        registrants.add(source, key(server));
        return sessions.register(presence(server, source), List.of(request.name()))
                .thenApply(_ -> new Reply.Done(""));
    }

    CompletableFuture<Reply> deregister(Request.Deregister request, InetSocketAddress source) {
        return sessions.session(key(server(request.host(), request.port(), source)))
                .map(session -> sessions.deregister(session, request.name()))
                .orElseGet(() -> CompletableFuture.completedFuture(false))
                .thenApply(was -> was ? new Reply.Done("") : new Reply.Failed(ErrorCode.NOT_FOUND));
    }

    /** Ends all that was registered from that address; the number of servers that are gone. */
    CompletableFuture<Integer> leave(InetSocketAddress source) {
        List<Session> ending = registrants.remove(source).stream().flatMap(key -> sessions.session(key).stream())
                .toList();
        return CompletableFuture.allOf(ending.stream().map(session -> sessions.leave(session, EndedBy.DEREGISTERED))
                .toArray(CompletableFuture<?>[]::new)).thenApply(_ -> ending.size());
    }

    private static Address server(Optional<String> host, int port, InetSocketAddress source) {
        return new Address(host.orElseGet(() -> Addresses.host(source.getAddress())), port);
    }

    private static String key(Address server) {
        return Addresses.hostAndPort(server.host(), server.port());
    }

    private static Presence presence(Address server, InetSocketAddress source) {
        Endpoint endpoint = new Endpoint(PduFrontEnd.PROTOCOL, server.host(), server.port());
        return new Presence(PduFrontEnd.PROTOCOL, key(server), key(server), Identity.NONE,
                Addresses.host(source.getAddress()), List.of(endpoint));
    }
}
