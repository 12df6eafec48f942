package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.server.frontend.Refusal;
import java.time.Duration;

/** A refusal in the words of this protocol. */
final class Refusals {

    private static final Duration LATER = Duration.ofSeconds(5);
    /** Until something else has gone. */
    private static final Duration MUCH_LATER = Duration.ofSeconds(60);

    private Refusals() {}

    static Reply.Refused reply(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NameInUse(String message) -> new Reply.Refused(Reason.NAME_IN_USE, message);
            case Refusal.UnknownPeer(String message) -> new Reply.Refused(Reason.UNKNOWN_PEER, message);
            case Refusal.Busy(String message, Duration retryAfter) ->
                new Reply.Refused(Reason.BUSY, retryAfter, message);
            case Refusal.OverLimit(String message) -> new Reply.Refused(Reason.BUSY, MUCH_LATER, message);
            case Refusal.Invalid(String message) -> new Reply.Refused(Reason.BAD_REQUEST, message);
            case Refusal.Unavailable(String message) -> new Reply.Refused(Reason.UNAVAILABLE, LATER, message);
        };
    }
}
