package dev.swarmdex.server.frontend;

import dev.swarmdex.server.service.NameInUseException;
import dev.swarmdex.server.service.NoSessionException;
import dev.swarmdex.server.service.OverLimitException;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request failed, as a client may know it. Each protocol has its own way to say so, or none. */
public sealed interface Refusal {

    /** One line for the client. */
    String message();

    /** A live peer with another identity has the name. */
    record NameInUse(String message) implements Refusal {}

    /** The peer has no session. */
    record UnknownPeer(String message) implements Refusal {}

    /** Too much waits to be committed. */
    record Busy(String message, Duration retryAfter) implements Refusal {}

    /** It goes over a limit of the config. */
    record OverLimit(String message) implements Refusal {}

    /** The request is not valid. */
    record Invalid(String message) implements Refusal {}

    /** The index can't serve it, which is not the client's doing. */
    record Unavailable(String message) implements Refusal {}

    /** What the failure of a request means for its client; what the client can't help goes to the log. */
    static Refusal logged(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NameInUseException _ -> new NameInUse(message);
            case NoSessionException _ -> new UnknownPeer(message);
            case BusyException busy -> new Busy(message, busy.retryAfter());
            case OverLimitException _ -> new OverLimit(message);
            case IllegalArgumentException _ -> new Invalid(message);
            case StoreException _ -> {
                log().warn("a change was refused: {}", message);
                yield new Unavailable(message);
            }
            default -> {
                log().error("a change failed", cause);
                yield new Unavailable("the index failed; its log says why");
            }
        };
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Refusal.class);
    }
}
