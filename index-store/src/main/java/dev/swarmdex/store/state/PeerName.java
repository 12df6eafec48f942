package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;

/** What tells peers apart in the history: the protocol that they speak, and their name in it. */
public record PeerName(String via, String name) {

    /** The name under which a presence goes into the history. */
    public static PeerName of(Presence presence) {
        return new PeerName(presence.via(), presence.peer());
    }
}
