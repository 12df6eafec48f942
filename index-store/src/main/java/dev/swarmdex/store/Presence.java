package dev.swarmdex.store;

import java.util.List;

/**
 * A peer as it presents itself: its fixed facts for the length of one session. A change of any of them is a new session.
 *
 * @param via the protocol of the front-end it talks to
 * @param key what identifies it among the open sessions of that front-end; for most protocols the peer's name
 * @param peer the name to show
 * @param identity a secret that proves that a returning peer is the same one; empty where the protocol has none
 * @param host the address it was seen from
 */
public record Presence(String via, String key, String peer, String identity, String host, List<Endpoint> endpoints) {}
