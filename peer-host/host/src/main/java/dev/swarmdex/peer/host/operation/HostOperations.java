package dev.swarmdex.peer.host.operation;

import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.discovery.Discovery;
import dev.swarmdex.peer.host.discovery.KnownHosts;
import dev.swarmdex.peer.host.download.DownloadProgress;
import dev.swarmdex.peer.host.download.Downloads;
import dev.swarmdex.peer.host.download.Finished;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.PeersFile;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.peer.host.plugin.PluginStatus;
import dev.swarmdex.protocol.nativeudp.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operations of a host. Safe for any number of threads. */
public final class HostOperations implements Operations {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final IndexClient index;
    private final Discovery discovery;
    private final Downloads downloads;
    private final PluginHost plugins;
    private final PeersFile peersFile;
    private final KnownHosts hosts;
    private final Path downloadDir;
    private final Sharing sharing;

    /** The operations, by the parts of the host that do the work. */
    public HostOperations(IndexClient index, Discovery discovery, Downloads downloads, PluginHost plugins,
            PeersFile peersFile, KnownHosts hosts, Path downloadDir, Sharing sharing) {
        this.index = index;
        this.discovery = discovery;
        this.downloads = downloads;
        this.plugins = plugins;
        this.peersFile = peersFile;
        this.hosts = hosts;
        this.downloadDir = downloadDir;
        this.sharing = sharing;
    }

    @Override
    public JsonNode execute(String operation, JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException {
        return JSON.valueToTree(switch (operation) {
            case "list" -> ListedContent.from(index.all());
            case "search" -> ListedContent.from(index.byWords(words(text(arguments, "words"))));
            case "get" -> get(arguments, events);
            case "share" -> sharing.share(arguments.path("paths").valueStream()
                    .map(path -> Path.of(path.asString())).toList());
            case "unshare" -> sharing.unshare(text(arguments, "name"));
            case "delete" -> sharing.delete(text(arguments, "name"));
            case "status" -> sharing.status(downloads.active(), listedHosts());
            case "limit" -> sharing.limit(new HostStatus.Limits(arguments.path("upload").asString(""),
                    arguments.path("download").asString(""), arguments.path("uploadPerPeer").asString(""),
                    arguments.path("uploadSlots").asString("")));
            case "plugins" -> plugins.list().stream().map(HostOperations::listed).toList();
            case "peers" -> peers();
            default -> throw new IOException("this host knows no operation \"" + operation
                    + "\"; it may be of another version than the command");
        });
    }

    private static String text(JsonNode arguments, String key) throws IOException {
        String text = arguments.path(key).asString("");
        if (text.isEmpty()) {
            throw new IOException("the operation needs \"" + key + "\"");
        }
        return text;
    }

    private static Optional<String> optional(JsonNode arguments, String key) {
        return Optional.of(arguments.path(key).asString("")).filter(value -> !value.isEmpty());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).toList();
    }

    private Downloaded get(JsonNode arguments, Consumer<JsonNode> events) throws IOException, InterruptedException {
        Optional<String> from = optional(arguments, "from");
        Wanted wanted = discovery.resolve(text(arguments, "content"), from, downloadDir,
                optional(arguments, "output"));
        Finished finished = downloads.get(wanted, discovery.sources(wanted, from),
                progress -> events.accept(JSON.valueToTree(progress)));
        return new Downloaded(wanted.name(), finished.tree().root().toString(), finished.tree().size(),
                wanted.target().toString(), finished.took().toMillis() / 1e3, finished.bytesFrom(),
                switch (finished.unverified()) {
                    case NOTHING -> "";
                    case CONTENT -> "content";
                    case SIZE_AND_CONTENT -> "size and content";
                });
    }

    /**
     * The result of {@code get}.
     *
     * @param unverified what could not be verified, empty when all was
     */
    private record Downloaded(String name, String id, long size, String path, double seconds, Map<String, Long> from,
            String unverified) {}

    /** Where the peers are that the index knows, and the known hosts that are there, whose names are their addresses. */
    private List<ListedPeer> peers() throws IOException, InterruptedException {
        List<ListedPeer> all = new ArrayList<>();
        if (index.hasServers()) {
            List<Reply.Peer> present = index.peers();
            peersFile.write(present);
            present.forEach(peer -> peer.endpoints()
                    .forEach(at -> all.add(new ListedPeer(peer.name(), PeersFile.address(at), at.scheme()))));
        }
        hosts.present().forEach(at -> all.add(new ListedPeer(KnownHosts.name(at), KnownHosts.name(at), at.scheme())));
        all.sort(Comparator.comparing(ListedPeer::peer).thenComparing(ListedPeer::address));
        return all;
    }

    /** A row of what tells where the peers are. */
    private record ListedPeer(String peer, String address, String scheme) {}

    private static ListedPlugin listed(PluginStatus status) {
        return new ListedPlugin(status.jar(), status.plugin(), status.version(), status.kind(), status.provides(),
                status.state(), status.error());
    }

    /** A row of what tells about the plugins. */
    private record ListedPlugin(String jar, String plugin, String version, String kind, String provides, String state,
            String error) {}

    private List<HostStatus.Host> listedHosts() {
        return hosts.list().stream().map(host -> new HostStatus.Host(host.endpoint().toString(), host.present()))
                .toList();
    }

    /** What the commands about a host's own files do; a host that is only visiting shares nothing. */
    public interface Sharing {

        /** Offers files or folders; the contents that are offered for it. */
        List<OwnContent> share(List<Path> paths) throws IOException;

        /** Offers a content, or all of a folder that was shared by command, no more. */
        List<OwnContent> unshare(String name) throws IOException;

        /** Removes a file of this host from the disk and from the index. */
        OwnContent delete(String name) throws IOException;

        /** Changes what transfers may take, until the host ends; what it is then. */
        HostStatus.Limits limit(HostStatus.Limits changes) throws IOException;

        /** All about the host. */
        HostStatus status(List<DownloadProgress> downloads, List<HostStatus.Host> hosts);
    }
}
