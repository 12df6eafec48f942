package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.server.service.NameInUseException;
import dev.swarmdex.server.service.NoSessionException;
import dev.swarmdex.server.service.OverLimitException;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients why a request failed; what they can't help goes to the log as well. */
final class Refusals {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration LATER = Duration.ofSeconds(5);
    /** Until something else has gone. */
    private static final Duration MUCH_LATER = Duration.ofSeconds(60);

    private Refusals() {}

    static Reply.Refused of(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NameInUseException _ -> new Reply.Refused(Reason.NAME_IN_USE, message);
            case NoSessionException _ -> new Reply.Refused(Reason.UNKNOWN_PEER, message);
            case BusyException busy -> new Reply.Refused(Reason.BUSY, busy.retryAfter(), message);
            case OverLimitException _ -> new Reply.Refused(Reason.BUSY, MUCH_LATER, message);
            case IllegalArgumentException _ -> new Reply.Refused(Reason.BAD_REQUEST, message);
            case StoreException _ -> {
                LOG.warn("a change was refused: {}", message);
                yield new Reply.Refused(Reason.UNAVAILABLE, LATER, message);
            }
            default -> {
                LOG.error("a change failed", cause);
                yield new Reply.Refused(Reason.UNAVAILABLE, LATER, "the index failed; its log says why");
            }
        };
    }
}
