package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.service.NoSessionException;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries out what changes something: presence, registrations and reports. */
final class NativeChanges implements AutoCloseable {

    /** How long a peer waits to join, as it may while all is ended that it offered before; then it is told to come again. */
    private static final Duration JOINING = Duration.ofMillis(700);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String STILL_ENDING = "the index is still writing, maybe the end of what you offered before";

    private final IndexService service;
    private final SessionDigests digests;

    NativeChanges(IndexService service) {
        this.service = service;
        digests = new SessionDigests(service.lookups());
    }

    /**
     * The reply, once all is committed; what fails is for {@link Refusal}, as is the {@link IllegalArgumentException} where
     * the store's bounds are narrower than the protocol's. Never blocks.
     */
    CompletableFuture<Reply> answer(Request request, InetAddress from) {
        return switch (request) {
            case Request.KeepAlive keepAlive -> keepAlive(keepAlive, from);
            case Request.Register register -> withSession(register.peer(), session -> register(session, register));
            case Request.Deregister deregister -> deregister(deregister);
            case Request.Report report -> service
                    .report(NativeFrontEnd.PROTOCOL, Translation.identity(report.peer()), Translation.report(report))
                    .thenApply(_ -> done(Reply.Outcome.DONE));
            default -> throw new IllegalStateException("no change: " + request.getClass());
        };
    }

    @Override
    public void close() {
        digests.close();
    }

    private CompletableFuture<Reply> keepAlive(Request.KeepAlive keepAlive, InetAddress from) {
        ListDigest theirs = new ListDigest(keepAlive.mappings(), keepAlive.digest());
        return soonOrBusy(service.join(Translation.presence(keepAlive, from)))
                .thenCompose(session -> digests.matches(session.number(), theirs).thenApply(same -> {
                    service.compared(session, same);
                    service.told(session, keepAlive.load().map(Translation::load));
                    return new Reply.Alive(service.lease(NativeFrontEnd.PROTOCOL), same);
                }));
    }

    private static CompletableFuture<Session> soonOrBusy(CompletableFuture<Session> join) {
        return join.isDone()
                ? join
                : join.copy().orTimeout(JOINING.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(
                                failure instanceof TimeoutException ? new BusyException(STILL_ENDING, RETRY)
                                        : failure));
    }

    private CompletableFuture<Reply> register(Session session, Request.Register register) {
        return service.register(session, register.contents().stream().map(Translation::content).toList())
                .thenApply(outcomes -> outcomes(session, outcomes));
    }

    private CompletableFuture<Reply> deregister(Request.Deregister deregister) {
        if (!deregister.names().isEmpty()) {
            return withSession(deregister.peer(),
                    session -> service.deregister(session, deregister.names().stream().map(Translation::name).toList())
                            .thenApply(outcomes -> outcomes(session, outcomes)));
        }
        PeerIdentity peer = deregister.peer();
        return service.leave(NativeFrontEnd.PROTOCOL, peer.name(), Translation.identity(peer), EndedBy.DEREGISTERED)
                .thenApply(_ -> done());
    }

    private CompletableFuture<Reply> withSession(PeerIdentity peer, SessionChange change) {
        return session(peer).map(change::on)
                .orElseGet(() -> CompletableFuture.failedFuture(new NoSessionException(peer.name())));
    }

    private Optional<Session> session(PeerIdentity peer) {
        return service.session(NativeFrontEnd.PROTOCOL, peer.name(), Translation.identity(peer));
    }

    private static Reply outcomes(Session session, List<Change.Outcome> outcomes) {
        if (outcomes.contains(Change.Outcome.NO_SESSION)) {
            throw new NoSessionException(session.presence().peer());
        }
        return new Reply.Done(outcomes.stream().map(outcome -> switch (outcome) {
            case DONE -> Reply.Outcome.DONE;
            case UNCHANGED -> Reply.Outcome.UNCHANGED;
            case NOT_REGISTERED, NO_SESSION -> Reply.Outcome.NOT_REGISTERED;
        }).toList());
    }

    private static Reply done(Reply.Outcome... outcomes) {
        return new Reply.Done(List.of(outcomes));
    }

    /** A change for an open session. */
    @FunctionalInterface
    private interface SessionChange {

        CompletableFuture<Reply> on(Session session);
    }
}
