package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.Source;
import dev.swarmdex.peer.host.download.SourceFinder;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.protocol.nativeudp.Listing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds contents and their sources through the index. Safe for any number of threads. */
public final class Discovery {

    private final IndexClient index;
    private final Supplier<Set<String>> schemes;
    private final String ownName;

    /**
     * A discovery by that index.
     *
     * @param schemes of the transports that are loaded at the moment
     * @param ownName the peer that is never a source: this host
     */
    public Discovery(IndexClient index, Supplier<Set<String>> schemes, String ownName) {
        this.index = index;
        this.schemes = schemes;
        this.ownName = ownName;
    }

    /**
     * What a user means by a name or an id, and the file it is to become.
     *
     * @param wish the file, or the folder (existing, or with a slash at its end), to download to, if not the usual one
     * @throws DownloadException when nobody offers it, or the name has several meanings
     */
    public Wanted resolve(String nameOrId, Path downloadDir, Optional<String> wish)
            throws IOException, InterruptedException {
        Optional<ContentId> id = asId(nameOrId);
        List<Listing> found = id.isPresent() ? index.byId(id.get().toString()) : index.byName(nameOrId);
        if (found.isEmpty()) {
            throw new DownloadException("nobody offers " + nameOrId + "; see: swarmdex peer list, or search");
        }
        List<Listing> identified = found.stream().filter(listing -> listing.content().id().isPresent()).toList();
        if (identified.isEmpty()) {
            throw new DownloadException(nameOrId + " is offered without a content id, so it can't be verified");
        }
        if (identified.stream().map(listing -> listing.content().id()).distinct().count() > 1) {
            throw new DownloadException(identified.stream()
                    .map(listing -> listing.content().id().orElseThrow() + " (" + listing.content().size()
                            + " bytes, from "
                            + listing.sources().stream().map(source -> source.peer()).collect(Collectors.joining(", "))
                            + ")")
                    .collect(Collectors.joining("; ",
                            "several contents have the name " + nameOrId + ", ask for one by its id: ", "")));
        }
        var content = identified.getFirst().content();
        if (content.size() < 0) {
            throw new DownloadException(nameOrId + " is offered without its size; ask its peer to share it again");
        }
        return new Wanted(content.name(), ContentId.parse(content.id().orElseThrow()), content.size(),
                TargetPath.of(content.name(), downloadDir, wish));
    }

    private static Optional<ContentId> asId(String text) {
        try {
            return Optional.of(ContentId.parse(text));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    /**
     * Who offers a content, as often as it is asked.
     *
     * @param from the only peer to download from, if there is to be one only
     */
    public SourceFinder sources(Wanted wanted, Optional<String> from) {
        return () -> reachable(wanted, index.byId(wanted.id().toString()), from);
    }

    private List<Source> reachable(Wanted wanted, List<Listing> listings, Optional<String> from)
            throws DownloadException {
        List<Source> all = listings.stream().flatMap(listing -> listing.sources().stream())
                .filter(source -> from.isEmpty() ? !source.peer().equals(ownName) : source.peer().equals(from.get()))
                .flatMap(source -> source.endpoints().stream().map(at -> new Source(source.peer(),
                        new Endpoint(at.scheme(), at.host(), at.port()),
                        source.load().map(load -> new Load(load.uploads(), load.bytesPerSecond())))))
                .distinct().toList();
        if (all.isEmpty() && from.isPresent()) {
            throw new DownloadException("the peer " + from.get() + " does not offer " + wanted.name()
                    + "; leave out --from, or see who does: swarmdex peer list");
        }
        Set<String> spoken = schemes.get();
        List<Source> reachable = all.stream().filter(source -> spoken.contains(source.endpoint().scheme())).toList();
        if (reachable.isEmpty() && !all.isEmpty()) {
            Set<String> wantedSchemes = all.stream().map(source -> source.endpoint().scheme())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw new DownloadException("no plugin for any scheme that " + wanted.name() + " is offered by ("
                    + String.join(", ", wantedSchemes) + "); put its transport's jar into the plugins folder");
        }
        return reachable;
    }
}
