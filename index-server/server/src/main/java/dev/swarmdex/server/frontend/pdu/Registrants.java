package dev.swarmdex.server.frontend.pdu;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who registered which servers: a program may name any address in its registrations, and its farewell names none. Bounded;
 * those who registered nothing for longest are forgotten first, and a restart forgets all: then their leases end what they
 * leave behind. For one thread.
 */
final class Registrants {

    private static final int MOST_SOURCES = 10_000;
    private static final int MOST_SERVERS = 64;

    private final Map<InetSocketAddress, Set<String>> servers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Set<String>> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    /** The source registers something for the server of that key. */
    void add(InetSocketAddress source, String key) {
        Set<String> keys = servers.computeIfAbsent(source, _ -> new LinkedHashSet<>());
        keys.add(key);
        if (keys.size() > MOST_SERVERS) {
            keys.remove(keys.iterator().next());
        }
    }

    /** The servers for which the source registered something; it is forgotten. */
    List<String> remove(InetSocketAddress source) {
        Set<String> keys = servers.remove(source);
        return keys == null ? List.of() : List.copyOf(keys);
    }
}
