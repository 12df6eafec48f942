package dev.swarmdex.server.frontend.lines;

import dev.swarmdex.protocol.lines.User;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.frontend.SeedSessions;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that are there, and the connection that each one came by last: whoever comes back before its broken connection
 * is noticed must not lose its files when that finally ends. Safe for any number of threads, which wait until a change is
 * committed.
 */
final class LinesUsers {

    private static final Logger LOG = LoggerFactory.getLogger(LinesUsers.class);

    private final SeedSessions sessions;
    private final ConcurrentHashMap<String, Object> connections = new ConcurrentHashMap<>();

    LinesUsers(IndexService service) {
        sessions = new SeedSessions(service, LinesFrontEnd.PROTOCOL);
    }

    /** The user has come by that connection. Whether the index knows it now. */
    boolean arrive(User user, InetAddress from, Object connection) {
        connections.put(user.name(), connection);
        return isDone(user.name(), sessions.join(presence(user, from)));
    }

    /** The connection lives. */
    void renew(User user, InetAddress from, Object connection) {
        if (isLast(user, connection)) {
            isDone(user.name(), sessions.join(presence(user, from)));
        }
    }

    /** The connection is over, and so is all that the user offers, unless it has come by another one since. */
    void leave(User user, Object connection, EndedBy reason) {
        if (connections.remove(user.name(), connection)) {
            sessions.session(user.name())
                    .ifPresent(session -> isDone(user.name(), sessions.leave(session, reason)));
        }
    }

    /** Registers files of a user who is there, whoever says so: the seed knows no authority. Whether that is done. */
    boolean register(String user, List<String> paths) {
        return session(user).map(session -> isDone(user, sessions.register(session.presence(), paths))).orElse(false);
    }

    /** Deregisters files of a user who is there, whoever says so. Whether that is done. */
    boolean deregister(String user, List<String> paths) {
        return session(user).map(session -> isDone(user, sessions.deregister(session, paths))).orElse(false);
    }

    private boolean isLast(User user, Object connection) {
        return connection.equals(connections.get(user.name()));
    }

    private Optional<Session> session(String user) {
        return sessions.session(user);
    }

    private static Presence presence(User user, InetAddress from) {
        String host = Addresses.host(from);
        return new Presence(LinesFrontEnd.PROTOCOL, user.name(), user.name(), Identity.NONE, host,
                List.of(new Endpoint(LinesFrontEnd.PROTOCOL, host, user.port())));
    }

    private static boolean isDone(String user, CompletableFuture<?> change) {
        try {
            change.join();
            return true;
        } catch (CompletionException e) {
            Refusal refusal = Refusal.logged(e);
            LOG.debug("a change of user {} failed: {}", user, refusal.message());
            return false;
        }
    }
}
