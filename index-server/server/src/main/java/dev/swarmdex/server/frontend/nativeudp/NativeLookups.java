package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.ContentsPage;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.PeersPage;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.frontend.Refusal;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.Source;
import java.util.List;
import java.util.Optional;

/** Answers searches and lists, one datagram at a time, from memory. */
final class NativeLookups {

    /** As many sources as can fit a datagram, roughly: the smallest takes about 30 bytes. */
    private static final int SOURCES = 40;
    private static final int PEERS = 60;

    private final IndexService service;
    private final Lookups lookups;

    NativeLookups(IndexService service) {
        this.service = service;
        lookups = service.lookups();
    }

    /** The reply, or nothing if the request is not a lookup. */
    Optional<Reply> answer(Request request) {
        try {
            return switch (request) {
                case Request.SearchName(String name, Cursor cursor) ->
                    Optional.of(contents(lookups.byName(name, Translation.cursor(cursor), SOURCES)));
                case Request.SearchId(String id, Cursor cursor) ->
                    Optional.of(contents(lookups.byId(id, Translation.cursor(cursor), SOURCES)));
                case Request.SearchWords(List<String> words, Cursor cursor) ->
                    Optional.of(contents(lookups.byWords(words, Translation.cursor(cursor), SOURCES)));
                case Request.ListContents(Cursor cursor) ->
                    Optional.of(contents(lookups.all(Translation.cursor(cursor), SOURCES)));
                case Request.ListPeers(Cursor cursor) -> Optional.of(peers(cursor.first()));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.of(Refusals.reply(Refusal.logged(e)));
        }
    }

    /** What doesn't fit comes in the next datagram, which begins after the last source that was looked at here. */
    private Reply contents(Page page) {
        ContentsPage reply = new ContentsPage();
        Cursor seen = Cursor.NONE;
        for (Listing listing : page.listings()) {
            for (Source source : listing.sources()) {
                if (!fits(reply, listing, source)) {
                    return reply.reply(seen);
                }
                seen = new Cursor(listing.number(), source.session());
            }
        }
        return reply.reply(page.next().map(Translation::cursor).orElse(Cursor.NONE));
    }

    /** Leaves out what this protocol can't carry: names of other protocols may be longer. */
    private boolean fits(ContentsPage reply, Listing listing, Source source) {
        Optional<dev.swarmdex.protocol.nativeudp.Content> content = Translation.content(listing.content());
        Optional<dev.swarmdex.protocol.nativeudp.Source> where = Translation.source(source,
                service.load(source.session()));
        return content.isEmpty() || where.isEmpty() || reply.add(content.get(), where.get());
    }

    /** The cursor is the number of the last session that was looked at. */
    private Reply peers(long after) {
        List<Session> sessions = lookups.sessions(after, PEERS);
        PeersPage reply = new PeersPage();
        Cursor seen = Cursor.NONE;
        for (Session session : sessions) {
            Optional<Reply.Peer> peer = Translation.peer(session);
            if (peer.isPresent() && !reply.add(peer.get())) {
                return reply.reply(seen);
            }
            seen = new Cursor(session.number(), 0);
        }
        return reply.reply(sessions.size() == PEERS ? seen : Cursor.NONE);
    }
}
