package dev.swarmdex.server.frontend.lines;

import dev.swarmdex.protocol.lines.FilePath;
import dev.swarmdex.protocol.lines.Reply;
import dev.swarmdex.protocol.lines.User;
import dev.swarmdex.server.frontend.Reachable;
import dev.swarmdex.store.Lookups;
import java.util.function.Predicate;

/** Answers lists from memory. Safe for any number of threads. */
final class LinesLookups {

    private static final int ANY_PORT = 1;

    private final Predicate<String> users = Reachable.passes(name -> new User(name, ANY_PORT));
    private final Reachable reachable;

    LinesLookups(Lookups lookups) {
        reachable = new Reachable(lookups, LinesFrontEnd.PROTOCOL, address -> address.host().indexOf(':') < 0,
                Reachable.passes(FilePath::check));
    }

    Reply files() {
        return new Reply.Files(reachable.shelves().stream().filter(shelf -> users.test(shelf.server().peer()))
                .flatMap(shelf -> shelf.names().stream().map(path -> new Reply.SharedFile(shelf.server().peer(), path)))
                .toList());
    }

    Reply activePeers() {
        return new Reply.ActivePeers(reachable.servers().stream().filter(server -> users.test(server.peer()))
                .map(server -> new Reply.ActivePeer(server.peer(), server.address())).toList());
    }
}
