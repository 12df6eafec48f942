package dev.swarmdex.server.frontend.session;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.Port;
import dev.swarmdex.protocol.session.FileName;
import dev.swarmdex.protocol.session.Reply;
import dev.swarmdex.server.frontend.Reachable;
import dev.swarmdex.store.Lookups;
import java.util.List;
import java.util.TreeSet;

/** Answers lists and downloads from memory, with what peers other than the asking one have. Safe for any number of threads. */
final class SessionLookups {

    private final Reachable reachable;

    SessionLookups(Lookups lookups) {
        reachable = new Reachable(lookups, SessionFrontEnd.PROTOCOL, _ -> true, Reachable.passes(FileName::check));
    }

    Reply files(String asking) {
        TreeSet<String> names = new TreeSet<>();
        reachable.shelves().stream().filter(shelf -> !isOf(shelf.server(), asking))
                .forEach(shelf -> names.addAll(shelf.names()));
        return new Reply.Files(List.copyOf(names));
    }

    Reply nodes(String name, String asking) {
        return new Reply.Nodes(reachable.offering(name).stream().filter(server -> !isOf(server, asking))
                .map(server -> new Reply.Node(client(server), server.address().port())).toList());
    }

    private static boolean isOf(Reachable.Server server, String key) {
        return server.via().equals(SessionFrontEnd.PROTOCOL) && server.key().equals(key);
    }

    /** The port that a peer of this protocol talks to the index from, which its key states; others have none. */
    private static Address client(Reachable.Server server) {
        return server.via().equals(SessionFrontEnd.PROTOCOL)
                ? new Address(server.address().host(),
                        Port.parse(server.key().substring(server.key().lastIndexOf(':') + 1)))
                : server.address();
    }
}
