package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.time.Duration;
import java.util.List;

/** What the index answers. Each reply fits a datagram: no other can be constructed. */
public sealed interface Reply {

    /** {@code H}: the connection id to send with all other requests from this address. */
    record Welcome(long connectionId) implements Reply {}

    /**
     * {@code K}: the lease is renewed for that long from now. {@code confirmed} says that the index has the very list
     * that the peer described; if not, the peer registers all it has and ends what it has not.
     *
     * @param lease cut to milliseconds, from one of them to 49 days
     */
    record Alive(Duration lease, boolean confirmed) implements Reply {

        /** Checks the lease. */
        public Alive {
            lease = Milliseconds.check("the lease", lease);
            if (lease.isZero()) {
                throw new IllegalArgumentException("the lease is shorter than a millisecond");
            }
        }
    }

    /** {@code A}: what became of each item of a registration, deregistration or report, in order. */
    record Done(List<Outcome> outcomes) implements Reply {

        /** Checks that the outcomes fit a datagram. */
        public Done {
            outcomes = List.copyOf(outcomes);
            Fit.check("list of outcomes", Limits.REPLY_HEADER + 2, outcomes, outcome -> 1);
        }
    }

    /**
     * {@code S}: a page of contents with their sources. A content may go on in the next page. {@link ContentsPage} fills
     * one.
     */
    record Contents(List<Listing> listings, Cursor next) implements Reply {

        static final int OVERHEAD = Limits.REPLY_HEADER + 16 + 2;

        /** Checks that the listings fit a datagram. */
        public Contents {
            listings = List.copyOf(listings);
            Fit.check("page of contents", OVERHEAD, listings, Listing::wireSize);
        }
    }

    /** {@code O}: a page of peers. {@link PeersPage} fills one. */
    record Peers(List<Peer> peers, Cursor next) implements Reply {

        static final int OVERHEAD = Limits.REPLY_HEADER + 16 + 2;

        /** Checks that the peers fit a datagram. */
        public Peers {
            peers = List.copyOf(peers);
            Fit.check("page of peers", OVERHEAD, peers, Peer::wireSize);
        }
    }

    /** A peer that is present, with its endpoints (as in {@link Source}). */
    record Peer(String name, List<Endpoint> endpoints) {

        /** Checks the name and the endpoints. */
        public Peer {
            PeerIdentity.checkName(name);
            endpoints = Endpoint.checkReachable(endpoints);
        }

        int wireSize() {
            return 1 + WireText.utf8Length(name) + Endpoint.wireSize(endpoints);
        }
    }

    /**
     * {@code E}: the request was not carried out, and why, for a person to read.
     *
     * @param retryAfter when to try again, cut to milliseconds, at most 49 days; zero when that is no use
     * @param message any text; it is made printable and cut to {@link Limits#MESSAGE} bytes, since telling an error must
     *     not fail
     */
    record Refused(Reason reason, Duration retryAfter, String message) implements Reply {

        private static final int OVERHEAD = Limits.REPLY_HEADER + 1 + 4 + 2;

        /** Checks the duration and tidies the message. */
        public Refused {
            retryAfter = Milliseconds.check("the time to wait", retryAfter);
            message = WireText.printable(message, Limits.MESSAGE);
        }

        /** A refusal that no waiting cures. */
        public Refused(Reason reason, String message) {
            this(reason, Duration.ZERO, message);
        }

        /**
         * The same refusal with its message cut, at a character, so that the datagram takes at most that many bytes. To
         * answer a request whose connection id is not proven with no more bytes than it had, give it the request's size,
         * which is always enough.
         */
        public Refused fitting(int datagramBytes) {
            if (datagramBytes < OVERHEAD) {
                throw new IllegalArgumentException("a refusal takes at least " + OVERHEAD + " bytes");
            }
            return new Refused(reason, retryAfter, WireText.printable(message, datagramBytes - OVERHEAD));
        }
    }

    /** What became of one item. */
    enum Outcome implements Coded {
        /** The index changed as asked, or has noted the report. */
        DONE(0),
        /** It was so already; nothing changed. */
        UNCHANGED(1),
        /** The peer does not offer that. */
        NOT_REGISTERED(2),
        /** The index does not take that item. */
        REFUSED(3);

        private final int code;

        Outcome(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** Why a request was refused. */
    enum Reason implements Coded {
        /** The request makes no sense; the client is at fault. */
        BAD_REQUEST(1),
        /** The connection id is unknown or too old: send H again. */
        STALE_CONNECTION(2),
        /** The peer has no session (any more): send K, then register everything. */
        UNKNOWN_PEER(3),
        /** A live peer with another identity has that name. */
        NAME_IN_USE(4),
        /** Too much work just now: try again after {@code retryAfter}. */
        BUSY(5),
        /** The index can't store that now, for a reason that the message states. */
        UNAVAILABLE(6),
        /** The protocol version is not spoken here. */
        VERSION(7);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }
}
