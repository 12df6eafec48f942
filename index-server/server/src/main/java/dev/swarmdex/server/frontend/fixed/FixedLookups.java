package dev.swarmdex.server.frontend.fixed;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.fixed.Reply;
import dev.swarmdex.protocol.fixed.ShortName;
import dev.swarmdex.server.frontend.LeastUsed;
import dev.swarmdex.server.frontend.Reachable;
import dev.swarmdex.store.Lookups;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Answers searches and lists from memory. Searches are for one thread, the list is for any. */
final class FixedLookups {

    static final Reply NOT_REGISTERED = new Reply.Failed("content not found");

    private final Reachable reachable;
    private final LeastUsed leastUsed = new LeastUsed();

    FixedLookups(Lookups lookups) {
        reachable = new Reachable(lookups, FixedFrontEnd.PROTOCOL, Address::isIpv4,
                Reachable.passes(name -> ShortName.check("content name", name)));
    }

    /** {@code S}: the server that was named least often. */
    Reply search(String content) {
        return leastUsed.pick(reachable.offering(content)).<Reply>map(server -> new Reply.Found(server.address()))
                .orElse(NOT_REGISTERED);
    }

    /** {@code O}: a line for each content, with the peers that offer it. */
    Reply list() {
        TreeMap<String, TreeSet<String>> peers = new TreeMap<>();
        for (Reachable.Shelf shelf : reachable.shelves()) {
            shelf.names().forEach(
                    name -> peers.computeIfAbsent(name, _ -> new TreeSet<>()).add(shelf.server().peer()));
        }
        return peers.isEmpty()
                ? new Reply.Failed("no content is registered")
                : new Reply.Listing(peers.entrySet().stream()
                        .map(entry -> new Reply.Offer(entry.getKey(), List.copyOf(entry.getValue()))).toList());
    }

    /** The servers that offer the content. */
    List<Reachable.Server> offering(String content) {
        return reachable.offering(content);
    }
}
