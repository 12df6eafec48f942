package dev.swarmdex.peer.host.operation;

import dev.swarmdex.protocol.PartialName;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import java.util.Comparator;
import java.util.List;

/** A content at the index, with everybody who offers the whole of it. */
record ListedContent(String name, String id, long size, List<At> peers) {

    /** A peer that offers it, at one of its endpoints. */
    record At(String peer, String endpoint, String since) {}

    static List<ListedContent> from(List<Listing> listings) {
        return listings.stream().filter(listing -> !PartialName.is(listing.content().name(), listing.content().id()))
                .map(ListedContent::from)
                .sorted(Comparator.comparing(ListedContent::name).thenComparing(ListedContent::id)).toList();
    }

    private static ListedContent from(Listing listing) {
        List<At> peers = listing.sources().stream()
                .flatMap(source -> source.endpoints().stream()
                        .map(at -> new At(source.peer(), text(at), source.since().toString())))
                .toList();
        return new ListedContent(listing.content().name(), listing.content().id().orElse(""), listing.content().size(),
                peers);
    }

    private static String text(Endpoint at) {
        return new dev.swarmdex.peer.api.Endpoint(at.scheme(), at.host(), at.port()).toString();
    }
}
