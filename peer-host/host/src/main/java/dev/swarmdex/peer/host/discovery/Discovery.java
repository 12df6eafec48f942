package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.Source;
import dev.swarmdex.peer.host.download.SourceFinder;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.PeersFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds contents and their sources, through the index and among the known hosts. Safe for any number of threads. */
public final class Discovery {

    /** What a person may have copied from a table on a terminal. */
    private static final Pattern PART_OF_ID = Pattern.compile("[a-z][a-z0-9-]*:[0-9a-f]{1,31}(…|\\.\\.\\.)?");

    private final Search search;
    private final Supplier<Set<String>> schemes;
    private final String ownName;

    /**
     * A discovery by all that there is.
     *
     * @param schemes of the transports that are loaded at the moment
     * @param ownName the peer that is never a source: this host
     */
    public Discovery(IndexClient index, KnownHosts hosts, PeersFile peersFile, Inquiry inquiry,
            Supplier<Set<String>> schemes, String ownName) {
        this.search = new Search(index, hosts, peersFile, inquiry);
        this.schemes = schemes;
        this.ownName = ownName;
    }

    /**
     * What a user means by a name or an id, and the file it is to become. Where some offer the name with a content id and
     * others without one, the content with the id is meant; the others may turn out to have it too. A name that nobody offers
     * may be that of a folder, of which the manifest is meant. What only this host has by the name is not meant where another
     * peer offers something else by it: that is what the own copy was before it changed there.
     *
     * @param from the only peer to download from, if there is to be one only; its content is meant
     * @param wish the file, or the folder (existing, or with a slash at its end), to download to, if not the usual one
     * @throws DownloadException when nobody offers it, or the name has several meanings
     */
    public Wanted resolve(String nameOrId, Optional<String> from, Path downloadDir, Optional<String> wish)
            throws IOException, InterruptedException {
        List<Found> found = find(nameOrId, from);
        if (found.isEmpty()) {
            throw nobody(nameOrId, from);
        }
        Map<ContentId, List<Found>> byId = othersFirst(found.stream().filter(each -> each.id().isPresent())
                .collect(Collectors.groupingBy(each -> each.id().orElseThrow())), ownName);
        if (byId.size() > 1) {
            throw new DownloadException("several contents have the name " + nameOrId + ", ask for one by its id: "
                    + byId.values().stream().map(Discovery::description).sorted().collect(Collectors.joining("; ")));
        }
        String name = found.getFirst().name();
        Path target = TargetPath.of(name, downloadDir, wish);
        if (byId.isEmpty()) {
            return new Wanted.Named(name, onlySize(nameOrId, found), target);
        }
        Map.Entry<ContentId, List<Found>> only = byId.entrySet().iterator().next();
        long size = mostClaimedSize(only.getValue()).orElseThrow(() -> new DownloadException(
                nameOrId + " is offered without its size; ask its peer to share it again"));
        return new Wanted.Identified(name, only.getKey(), size, target);
    }

    static Map<ContentId, List<Found>> othersFirst(Map<ContentId, List<Found>> byId, String ownName) {
        Map<ContentId, List<Found>> others = new HashMap<>(byId);
        others.values().removeIf(offers -> offers.stream().allMatch(each -> each.peer().equals(ownName)));
        return others.isEmpty() ? byId : others;
    }

    private List<Found> find(String nameOrId, Optional<String> from) throws IOException, InterruptedException {
        List<Found> found = nameOrId.endsWith("/") ? List.of() : search.find(asReference(nameOrId), from);
        if (!found.isEmpty() || nameOrId.endsWith(Manifest.SUFFIX)) {
            return found;
        }
        String folder = nameOrId.endsWith("/") ? nameOrId.substring(0, nameOrId.length() - 1) : nameOrId;
        return search.find(asReference(folder + Manifest.SUFFIX), from);
    }

    private static ContentReference asReference(String nameOrId) {
        try {
            return ContentReference.byId(ContentId.parse(nameOrId));
        } catch (IllegalArgumentException name) {
            return ContentReference.byName(nameOrId);
        }
    }

    private static DownloadException nobody(String nameOrId, Optional<String> from) {
        return new DownloadException(from
                .map(peer -> "the peer " + peer + " does not offer " + nameOrId
                        + "; leave out --from, or see who does: swarmdex peer list")
                .orElse("nobody offers " + nameOrId + (PART_OF_ID.matcher(nameOrId).matches()
                        ? "; an id is needed whole, as it is told by: swarmdex peer list --json"
                        : "; see: swarmdex peer list, or search")));
    }

    private static String description(List<Found> sameId) {
        return sameId.getFirst().id().orElseThrow() + " (" + sizeAndPeers(sameId) + ")";
    }

    private static String sizeAndPeers(List<Found> same) {
        String size = same.getFirst().size().isPresent()
                ? same.getFirst().size().getAsLong() + " bytes"
                : "unknown size";
        return size + ", from "
                + same.stream().map(Found::peer).distinct().collect(Collectors.joining(", "));
    }

    /**
     * A single peer that claims a wrong size can't keep the others' content from anybody. A tree's root is the digest of two
     * digests, and so it is the id of a file that is nothing but these two as well: where any other size is claimed, that one
     * does not count, or whoever offers such a file could pass it off as the content.
     */
    static Optional<Long> mostClaimedSize(List<Found> sameId) {
        List<Long> claims = sameId.stream().flatMap(each -> each.size().stream().boxed()).toList();
        long twoDigests = 2L * sameId.getFirst().id().map(id -> id.digest().length).orElse(0);
        boolean anyOther = claims.stream().anyMatch(size -> size != twoDigests);
        return claims.stream().filter(size -> !anyOther || size != twoDigests)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting())).entrySet()
                .stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private static OptionalLong onlySize(String name, List<Found> found) throws DownloadException {
        Map<OptionalLong, List<Found>> bySize = found.stream().filter(each -> each.size().isPresent())
                .collect(Collectors.groupingBy(Found::size));
        if (bySize.size() > 1) {
            throw new DownloadException("several contents have the name " + name + ", choose one with --from: "
                    + bySize.values().stream().map(Discovery::sizeAndPeers).sorted()
                            .collect(Collectors.joining("; ")));
        }
        return bySize.keySet().stream().findFirst().orElse(OptionalLong.empty());
    }

    /**
     * The peers that offer a content, looked for anew each time.
     *
     * @param from the only peer to download from, if there is to be one only
     */
    public SourceFinder sources(Wanted wanted, Optional<String> from) {
        return () -> reachable(wanted, search.find(wanted.reference(wanted.name()), from).stream()
                .filter(each -> each.mayBe(wanted)).filter(each -> from.isPresent() || !each.peer().equals(ownName))
                .map(Found::source).distinct().toList());
    }

    private List<Source> reachable(Wanted wanted, List<Source> all) throws DownloadException {
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
