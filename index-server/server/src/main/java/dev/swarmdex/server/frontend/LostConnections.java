package dev.swarmdex.server.frontend;

import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a session is a connection, one that the database remembers from before a crash has nobody behind it. */
public final class LostConnections {

    private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

    private LostConnections() {}

    /** Ends all sessions of that protocol; to be called before the first client can connect. */
    public static void end(IndexService service, String via) {
        List<Session> lost = service.lookups().sessions().stream()
                .filter(session -> session.presence().via().equals(via)).toList();
        try {
            CompletableFuture.allOf(lost.stream().map(session -> service.leave(session, EndedBy.DISCONNECTED))
                    .toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            LOG.warn("{} front-end: sessions of lost connections stay until their leases end: {}", via,
                    Failures.message(e));
        }
    }
}
