package dev.swarmdex.peer.host.operation;

import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.discovery.Discovery;
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
    private final Path downloadDir;
    private final Sharing sharing;

    /** The operations, by the parts of the host that do the work. */
    public HostOperations(IndexClient index, Discovery discovery, Downloads downloads, PluginHost plugins,
            PeersFile peersFile, Path downloadDir, Sharing sharing) {
        this.index = index;
        this.discovery = discovery;
        this.downloads = downloads;
        this.plugins = plugins;
        this.peersFile = peersFile;
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
            case "status" -> sharing.status(downloads.active());
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
        Wanted wanted = discovery.resolve(text(arguments, "content"), downloadDir,
                optional(arguments, "output"));
        Finished finished = downloads.get(wanted, discovery.sources(wanted, optional(arguments, "from")),
                progress -> events.accept(JSON.valueToTree(progress)));
        return new Downloaded(wanted.name(), wanted.id().toString(), wanted.size(), wanted.target().toString(),
                finished.took().toMillis() / 1e3, finished.bytesFrom());
    }

    /** The result of {@code get}. */
    private record Downloaded(String name, String id, long size, String path, double seconds, Map<String, Long> from) {}

    private List<ListedPeer> peers() throws IOException, InterruptedException {
        List<Reply.Peer> present = index.peers();
        peersFile.write(present);
        return present.stream().flatMap(peer -> peer.endpoints().stream()
                .map(at -> new ListedPeer(peer.name(), PeersFile.address(at), at.scheme())))
                .sorted(Comparator.comparing(ListedPeer::peer).thenComparing(ListedPeer::address)).toList();
    }

    /** A row of {@code peers}. */
    private record ListedPeer(String peer, String address, String scheme) {}

    private static ListedPlugin listed(PluginStatus status) {
        return new ListedPlugin(status.jar(), status.plugin(), status.version(), status.kind(), status.provides(),
                status.state(), status.error());
    }

    /** A row of {@code plugins}. */
    private record ListedPlugin(String jar, String plugin, String version, String kind, String provides, String state,
            String error) {}

    /** What the commands about a host's own files do; a host that is only visiting shares nothing. */
    public interface Sharing {

        /** Offers files or folders; the contents that are offered for it. */
        List<OwnContent> share(List<Path> paths) throws IOException, InterruptedException;

        /** Offers a content no more. */
        OwnContent unshare(String name) throws IOException;

        /** Removes a file of this host from the disk and from the index. */
        OwnContent delete(String name) throws IOException, InterruptedException;

        /** All about the host. */
        HostStatus status(List<DownloadProgress> downloads);
    }
}
