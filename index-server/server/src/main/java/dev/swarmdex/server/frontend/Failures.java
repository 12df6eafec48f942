package dev.swarmdex.server.frontend;

import dev.swarmdex.server.service.NameInUseException;
import dev.swarmdex.server.service.NoSessionException;
import dev.swarmdex.server.service.OverLimitException;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.StoreException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why changes failed: told to the client where its protocol has room for words, and to the log what it can't help. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** What a client may know of a failure, on one line. */
    public static String message(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NameInUseException _,NoSessionException _,OverLimitException _,BusyException _,IllegalArgumentException _ ->
                message;
            case StoreException _ -> {
                LOG.warn("a change was refused: {}", message);
                yield message;
            }
            default -> {
                LOG.error("a change failed", cause);
                yield "the index failed; its log says why";
            }
        };
    }
}
