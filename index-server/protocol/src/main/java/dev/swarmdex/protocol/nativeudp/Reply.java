package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import java.util.List;

/** What the index answers. */
public sealed interface Reply {

    /** {@code H}: the connection id to send with all other requests from this address. */
    record Welcome(long connectionId) implements Reply {}

    /**
     * {@code K}: the lease is renewed for that long from now. {@code confirmed} says that the index has the very list
     * that the peer described; if not, the peer registers all it has and ends what it has not.
     */
    record Alive(Duration lease, boolean confirmed) implements Reply {}

    /** {@code A}: what became of each item of a registration, deregistration or report, in order. */
    record Done(List<Outcome> outcomes) implements Reply {}

    /** {@code S} or {@code O}: a page of contents with their sources. A content may go on in the next page. */
    record Contents(List<Listing> listings, Cursor next) implements Reply {}

    /** {@code O}: a page of peers. */
    record Peers(List<Peer> peers, Cursor next) implements Reply {}

    /** A peer that is present, with its endpoints. */
    record Peer(String name, List<Endpoint> endpoints) {}

    /** {@code E}: the request was not carried out, and why, for a person to read. */
    record Refused(Reason reason, Duration retryAfter, String message) implements Reply {}

    /** What became of one item. */
    enum Outcome {
        DONE, UNCHANGED, NOT_REGISTERED, REFUSED
    }

    /** Why a request was refused. */
    enum Reason {
        /** The request makes no sense; the client is at fault. */
        BAD_REQUEST,
        /** The connection id is unknown or too old: send H again. */
        STALE_CONNECTION,
        /** The peer has no session (any more): send K, then register everything. */
        UNKNOWN_PEER,
        /** A live peer with another identity has that name. */
        NAME_IN_USE,
        /** Too much work just now: try again after {@code retryAfter}. */
        BUSY,
        /** The index can't store that now, for a reason that the message tells. */
        UNAVAILABLE,
        /** The protocol version is not spoken here. */
        VERSION
    }
}
