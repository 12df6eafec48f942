package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;

/** What an open session is found by. */
record SessionKey(String via, String key) {

    static SessionKey of(Presence presence) {
        return new SessionKey(presence.via(), presence.key());
    }
}
