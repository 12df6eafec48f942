package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.service.Load;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Translates between the protocol's values and the store's. What comes from the store may have come in by another
 * protocol with wider limits: what this one can't carry is empty.
 */
final class Translation {

    private Translation() {}

    static Presence presence(Request.KeepAlive keepAlive, InetAddress from) {
        String host = Addresses.host(from);
        List<dev.swarmdex.store.Endpoint> endpoints = keepAlive.endpoints().stream()
                .map(e -> new dev.swarmdex.store.Endpoint(e.scheme(), e.host().isEmpty() ? host : e.host(), e.port()))
                .toList();
        PeerIdentity peer = keepAlive.peer();
        return new Presence(NativeFrontEnd.PROTOCOL, peer.name(), peer.name(), identity(peer), host, endpoints);
    }

    static Identity identity(PeerIdentity peer) {
        return Identity.ofSecret(peer.secret());
    }

    static dev.swarmdex.store.Content content(Content content) {
        return new dev.swarmdex.store.Content(content.name(), content.id(), content.size());
    }

    static Change.Name name(Name name) {
        return new Change.Name(name.name(), name.id());
    }

    static Change.Report report(Request.Report report) {
        Change.DownloadResult result = switch (report.result()) {
            case FINISHED -> Change.DownloadResult.FINISHED;
            case FAILED -> Change.DownloadResult.FAILED;
            case WRONG_BYTES -> Change.DownloadResult.WRONG_BYTES;
        };
        return new Change.Report(content(report.content()), report.peer().name(), report.source().orElse(""),
                report.bytes(), report.took(), result);
    }

    static Optional<Content> content(dev.swarmdex.store.Content content) {
        try {
            return Optional.of(new Content(content.name(), content.id(), content.size()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Load load(dev.swarmdex.protocol.nativeudp.Load load) {
        return new Load(load.uploads(), load.bytesPerSecond());
    }

    static Optional<Source> source(dev.swarmdex.store.Source source, Optional<Load> load) {
        try {
            return Optional.of(new Source(source.peer(), source.since(), endpoints(source.endpoints()),
                    load.map(told -> new dev.swarmdex.protocol.nativeudp.Load(told.uploads(), told.bytesPerSecond()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Reply.Peer> peer(Session session) {
        try {
            return Optional
                    .of(new Reply.Peer(session.presence().peer(), endpoints(session.presence().endpoints())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static dev.swarmdex.store.Cursor cursor(Cursor cursor) {
        return new dev.swarmdex.store.Cursor(cursor.first(), cursor.second());
    }

    static Cursor cursor(dev.swarmdex.store.Cursor cursor) {
        return new Cursor(cursor.content(), cursor.session());
    }

    private static List<Endpoint> endpoints(List<dev.swarmdex.store.Endpoint> endpoints) {
        return endpoints.stream().map(e -> new Endpoint(e.scheme(), e.host(), e.port())).toList();
    }
}
