package dev.swarmdex.store;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A peer as it presents itself: its fixed facts for the length of one session. A change of any of them is a new session.
 *
 * @param via the protocol of the front-end it talks to, 1 to 32 characters {@code a-z 0-9 -}
 * @param key what identifies it among the open sessions of that front-end, 1 to 255 bytes; for most protocols the peer's
 * name
 * @param peer the name to show, 1 to 255 bytes
 * @param identity what proves that a returning peer is the same one
 * @param host the address it was seen from, 1 to 255 bytes
 * @param endpoints where it serves, the preferred first; at most 16
 */
public record Presence(String via, String key, String peer, Identity identity, String host, List<Endpoint> endpoints) {

    /** The most bytes of a key, and of a peer's name. */
    public static final int MAX_NAME = 255;

    /** The most endpoints of a session. */
    public static final int MAX_ENDPOINTS = 16;

    private static final Pattern VIA = Pattern.compile("[a-z0-9-]{1,32}");

    /** Checks the bounds and copies the list. */
    public Presence {
        if (!VIA.matcher(via).matches()) {
            throw new IllegalArgumentException("via must be 1 to 32 characters a-z, 0-9 or -");
        }
        Text.check("session key", key, 1, MAX_NAME);
        Text.check("peer name", peer, 1, MAX_NAME);
        Text.check("host", host, 1, Endpoint.MAX_HOST);
        if (endpoints.size() > MAX_ENDPOINTS) {
            throw new IllegalArgumentException(
                    "a peer may have at most " + MAX_ENDPOINTS + " endpoints, not " + endpoints.size());
        }
        endpoints = List.copyOf(endpoints);
    }
}
