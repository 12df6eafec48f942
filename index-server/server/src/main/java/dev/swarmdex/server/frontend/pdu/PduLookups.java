package dev.swarmdex.server.frontend.pdu;

import dev.swarmdex.protocol.pdu.ErrorCode;
import dev.swarmdex.protocol.pdu.Filename;
import dev.swarmdex.protocol.pdu.Reply;
import dev.swarmdex.server.frontend.LeastUsed;
import dev.swarmdex.server.frontend.Reachable;
import dev.swarmdex.store.Lookups;
import java.util.Optional;

/** Answers searches and lists from memory. Searches are for one thread, the list is for any. */
final class PduLookups {

    private final Reachable reachable;
    private final LeastUsed leastUsed = new LeastUsed();

    PduLookups(Lookups lookups) {
        reachable = new Reachable(lookups, PduFrontEnd.PROTOCOL, _ -> true, Reachable.passes(Filename::check));
    }

    /** {@code S}: one of the servers that have the file. */
    Reply search(String name) {
        return server(name).<Reply>map(server -> new Reply.Found(name, server.address()))
                .orElseGet(PduLookups::notFound);
    }

    /** {@code D}: one of the servers that have the file. */
    Reply locate(String name) {
        return server(name).<Reply>map(server -> new Reply.Located(name, server.address()))
                .orElseGet(PduLookups::notFound);
    }

    /** {@code O}: all servers that have something. */
    Reply list() {
        return new Reply.Listing(reachable.shelves().stream()
                .map(shelf -> new Reply.Server(shelf.server().address(), shelf.names())).toList());
    }

    private Optional<Reachable.Server> server(String name) {
        return leastUsed.pick(reachable.offering(name));
    }

    private static Reply notFound() {
        return new Reply.Failed(ErrorCode.NOT_FOUND);
    }
}
