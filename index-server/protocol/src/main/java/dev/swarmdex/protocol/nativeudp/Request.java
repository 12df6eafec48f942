package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a peer asks of the index. All requests are idempotent. */
public sealed interface Request {

    /** {@code H}: asks for a connection id, which every other request needs. Padded to at least the size of its reply. */
    record Hello() implements Request {}

    /**
     * {@code K}: joins, and from then on keeps the lease alive. {@code mappings} and {@code digest} describe the peer's
     * own list, see {@link ListDigest}; if the index has another list, it asks for the registrations to be sent again.
     */
    record KeepAlive(PeerIdentity peer, List<Endpoint> endpoints, int mappings, long digest) implements Request {}

    /** {@code R}: registers contents. */
    record Register(PeerIdentity peer, List<Content> contents) implements Request {}

    /** {@code T}: deregisters contents; an empty list deregisters everything and leaves. */
    record Deregister(PeerIdentity peer, List<Name> names) implements Request {}

    /** {@code S}: searches by exact name. */
    record SearchName(String name, Cursor cursor) implements Request {}

    /** {@code S}: searches by content id. */
    record SearchId(String id, Cursor cursor) implements Request {}

    /** {@code S}: searches contents whose names hold all the words. */
    record SearchWords(List<String> words, Cursor cursor) implements Request {}

    /** {@code O}: lists all contents. */
    record ListContents(Cursor cursor) implements Request {}

    /** {@code O}: lists all peers. */
    record ListPeers(Cursor cursor) implements Request {}

    /** {@code D}: reports how a download ended. {@code source} is the peer it came from, empty when there were many. */
    record Report(PeerIdentity peer, Content content, Optional<String> source, long bytes, Duration took, Result result)
            implements
                Request {}

    /** How a download ended. */
    enum Result {
        FINISHED, FAILED, WRONG_BYTES
    }
}
