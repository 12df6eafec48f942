package dev.swarmdex.protocol.nativeudp;

import java.util.ArrayList;
import java.util.List;

/** Fills one {@link Reply.Peers} with as many peers as fit a datagram, of which the first always does. For one thread. */
public final class PeersPage {

    private final List<Reply.Peer> peers = new ArrayList<>();
    private int bytes = Reply.Peers.OVERHEAD;

    /** Adds a peer if it fits. Returns whether it did: if not, the page is full, and the next one begins with this peer. */
    public boolean add(Reply.Peer peer) {
        if (bytes + peer.wireSize() > Limits.DATAGRAM) {
            return false;
        }
        peers.add(peer);
        bytes += peer.wireSize();
        return true;
    }

    /** The page, with the cursor that leads to the next one, or {@link Cursor#NONE} if this is the last. */
    public Reply.Peers reply(Cursor next) {
        return new Reply.Peers(peers, next);
    }
}
