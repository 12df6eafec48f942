package dev.swarmdex.server.frontend.session;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.frontend.SeedSessions;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one peer offers: a list that it replaces as a whole. For the thread of its connection, which waits until a change is
 * committed.
 */
final class SessionChanges {

    private static final Logger LOG = LoggerFactory.getLogger(SessionChanges.class);

    private final IndexService service;
    private final SeedSessions sessions;
    private final String host;
    private final String key;

    SessionChanges(IndexService service, InetSocketAddress client) {
        this.service = service;
        sessions = new SeedSessions(service, SessionFrontEnd.PROTOCOL);
        host = Addresses.host(client.getAddress());
        key = Addresses.hostAndPort(host, client.getPort());
    }

    /** What identifies the peer. */
    String key() {
        return key;
    }

    /** Offers these files at that port, and no others. Whether that is done. */
    boolean register(int port, List<String> names) {
        Presence presence = new Presence(SessionFrontEnd.PROTOCOL, key, key, Identity.NONE, host,
                List.of(new Endpoint(SessionFrontEnd.PROTOCOL, host, port)));
        return isDone(sessions.join(presence)) && replace(presence, names);
    }

    /** Offers these files and no others, where it is registered. Whether that is done. */
    boolean update(List<String> names) {
        return sessions.session(key).map(session -> replace(session.presence(), names)).orElse(true);
    }

    /** Offers nothing any more. Whether that is done. */
    boolean leave(EndedBy reason) {
        return sessions.session(key).map(session -> isDone(sessions.leave(session, reason))).orElse(true);
    }

    /** The connection lives. */
    void renew() {
        sessions.session(key).map(Session::presence).ifPresent(presence -> isDone(sessions.join(presence)));
    }

    private boolean replace(Presence presence, List<String> names) {
        Optional<Session> session = sessions.session(key);
        List<String> gone = new ArrayList<>();
        Set<String> wanted = new HashSet<>(names);
        session.ifPresent(open -> service.lookups().contentsOf(open.number(), content -> {
            if (!wanted.contains(content.name())) {
                gone.add(content.name());
            }
            return true;
        }));
        boolean withdrawn = session.isEmpty() || isDone(sessions.deregister(session.get(), gone));
        return withdrawn && isDone(sessions.register(presence, List.copyOf(wanted)));
    }

    private boolean isDone(CompletableFuture<?> change) {
        try {
            change.join();
            return true;
        } catch (CompletionException e) {
            LOG.warn("a change of peer {} failed: {}", key, Refusal.logged(e).message());
            return false;
        }
    }
}
