package dev.swarmdex.protocol.tracker;

import dev.swarmdex.protocol.Port;
import java.util.List;

/** What a client asks a tracker, as the client makes it; the tracker reads it in place with a {@link RequestReader}. */
public sealed interface Request {

    /** Comes back with the reply. */
    int transactionId();

    /** Asks for a connection id, which every other request needs. */
    record Connect(int transactionId) implements Request {}

    /**
     * States that the client takes part in a swarm, or no more, and asks for others.
     *
     * @param connectionId what the tracker has given
     * @param left how many bytes the client still lacks; 0 makes it a complete peer
     * @param wanted how many peers it would like, negative for what the tracker thinks fit
     * @param port where it takes connections
     */
    record Announce(long connectionId, int transactionId, InfoHash infoHash, long left, Event event, int wanted,
            int port) implements Request {

        /** Checks the port. */
        public Announce {
            Port.check(port);
        }
    }

    /** Asks how many take part in swarms. */
    record Scrape(long connectionId, int transactionId, List<InfoHash> infoHashes) implements Request {

        /** As many as a datagram has room for, by BEP 15. */
        public static final int MOST = 74;

        /** Checks the number of info-hashes and copies the list. */
        public Scrape {
            if (infoHashes.isEmpty() || infoHashes.size() > MOST) {
                throw new IllegalArgumentException("a scrape is for 1 to 74 torrents, not " + infoHashes.size());
            }
            infoHashes = List.copyOf(infoHashes);
        }
    }
}
