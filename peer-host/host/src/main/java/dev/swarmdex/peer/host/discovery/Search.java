package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.IndexException;
import dev.swarmdex.peer.host.index.PeersFile;
import dev.swarmdex.protocol.PartialName;
import dev.swarmdex.protocol.nativeudp.Listing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everyone who says to have a content: those whom the index names, and the known hosts, which are asked. While no index
 * answers, the peers that were last seen are asked as well, by the file that tells where they were.
 */
final class Search {

    private final IndexClient index;
    private final KnownHosts hosts;
    private final PeersFile peersFile;
    private final Inquiry inquiry;

    Search(IndexClient index, KnownHosts hosts, PeersFile peersFile, Inquiry inquiry) {
        this.index = index;
        this.hosts = hosts;
        this.peersFile = peersFile;
        this.inquiry = inquiry;
    }

    /**
     * Looks everywhere.
     *
     * @param from the only peer that is of interest, if there is one
     * @throws IndexException when nobody was found and the index did not answer
     */
    List<Found> find(ContentReference content, Optional<String> from) throws IOException, InterruptedException {
        List<Found> found = new ArrayList<>();
        @Nullable
        IndexException silent = null;
        try {
            found.addAll(atIndex(content));
        } catch (IndexException failure) {
            silent = failure;
        }
        found.addAll(ask(content, byAddress(hosts.present())));
        if (silent != null) {
            found.addAll(ask(content, lastSeen(from)));
            if (found.isEmpty() && hosts.list().isEmpty()) {
                throw silent;
            }
        }
        return found.stream().filter(each -> from.isEmpty() || each.isFrom(from.get())).distinct().toList();
    }

    private List<Found> atIndex(ContentReference content) throws IOException, InterruptedException {
        List<Found> found = new ArrayList<>();
        if (content.id().isPresent()) {
            found.addAll(flat(index.byId(content.id().get().toString())));
        }
        if (content.name().isPresent()) {
            flat(whole(index.byName(content.name().get()))).stream()
                    .filter(each -> content.id().isEmpty() || each.id().isEmpty()).forEach(found::add);
        }
        return found;
    }

    /** By its name nobody means what somebody is still downloading. */
    private static List<Listing> whole(List<Listing> listings) {
        return listings.stream().filter(listing -> !isPartial(listing)).toList();
    }

    private static boolean isPartial(Listing listing) {
        return PartialName.is(listing.content().name(), listing.content().id());
    }

    private static String name(Listing listing) {
        String name = listing.content().name();
        return isPartial(listing) ? PartialName.content(name) : name;
    }

    private static List<Found> flat(List<Listing> listings) {
        return listings.stream().flatMap(listing -> listing.sources().stream().flatMap(source -> source.endpoints()
                .stream()
                .map(at -> new Found(name(listing), listing.content().id().map(ContentId::parse),
                        size(listing), source.peer(), new Endpoint(at.scheme(), at.host(), at.port()),
                        source.load().map(load -> new Load(load.uploads(), load.bytesPerSecond()))))))
                .toList();
    }

    private static OptionalLong size(Listing listing) {
        return listing.content().size() < 0 ? OptionalLong.empty() : OptionalLong.of(listing.content().size());
    }

    private static Map<Endpoint, String> byAddress(List<Endpoint> endpoints) {
        return endpoints.stream().collect(Collectors.toMap(Function.identity(), KnownHosts::name));
    }

    private Map<Endpoint, String> lastSeen(Optional<String> from) throws IOException {
        Stream<PeersFile.LastSeen> peers = peersFile.lastSeen().stream()
                .filter(peer -> from.isEmpty() || peer.name().equals(from.get())).limit(HostsFile.MOST_HOSTS);
        return peers.collect(Collectors.toMap(peer -> Endpoint.parse(peer.endpoint()), PeersFile.LastSeen::name,
                (first, second) -> first));
    }

    private List<Found> ask(ContentReference content, Map<Endpoint, String> peers) throws InterruptedException {
        if (peers.isEmpty()) {
            return List.of();
        }
        return inquiry.whoHas(content, peers.keySet()).stream()
                .map(answer -> new Found(content.name().orElseGet(() -> nameFor(content)), answer.id(), answer.size(),
                        String.valueOf(peers.get(answer.endpoint())), answer.endpoint(), Optional.empty()))
                .toList();
    }

    /** Asked by its id alone, a content has no other name. */
    private static String nameFor(ContentReference content) {
        return content.id().map(ContentId::hex).orElseThrow();
    }
}
