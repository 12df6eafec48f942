package dev.swarmdex.server.frontend;

import dev.swarmdex.server.service.IndexService;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a session is a connection, one that the database remembers from before a crash has nobody behind it. */
public final class LostConnections {

    private static final Logger LOG = LoggerFactory.getLogger(LostConnections.class);

    private LostConnections() {}

    /** Ends the sessions of that protocol, except those of other servers; to be called before the first client can connect. */
    public static void end(IndexService service, String via) {
        try {
            service.sessionsAreConnections(via).join();
        } catch (CompletionException e) {
            LOG.warn("{} front-end: sessions of lost connections can't be ended yet: {}", via,
                    Refusal.logged(e).message());
        }
    }
}
