package dev.swarmdex.protocol.tracker;

import java.util.List;

/** What a tracker answers, as its clients read it. */
public sealed interface Reply {

    /** That of the request. */
    int transactionId();

    /** The connection id to use from now on. */
    record Connected(int transactionId, long connectionId) implements Reply {}

    /**
     * The state of a swarm.
     *
     * @param interval seconds after which to announce again
     * @param leechers peers that lack some of the content
     * @param seeders peers that have all of it
     * @param peers some of them
     */
    record Announced(int transactionId, int interval, int leechers, int seeders, List<PeerAddress> peers)
            implements
                Reply {

        /** Copies the list. */
        public Announced {
            peers = List.copyOf(peers);
        }
    }

    /** The swarms that were asked for, in that order. */
    record Scraped(int transactionId, List<Counts> swarms) implements Reply {

        /** Copies the list. */
        public Scraped {
            swarms = List.copyOf(swarms);
        }
    }

    /** The request was refused. */
    record Failed(int transactionId, String message) implements Reply {}

    /**
     * How many take part in a swarm.
     *
     * @param completed how many have ever become complete while they took part
     */
    record Counts(int seeders, int completed, int leechers) {}
}
