package dev.swarmdex.peer.host.operation;

import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.discovery.KnownHosts;
import dev.swarmdex.peer.host.index.IndexClient;
import dev.swarmdex.peer.host.index.PeersFile;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.peer.host.plugin.PluginStatus;
import dev.swarmdex.peer.host.retrieval.FileResult;
import dev.swarmdex.peer.host.retrieval.Retrieval;
import dev.swarmdex.protocol.nativeudp.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operations of a host. Safe for any number of threads. */
public final class HostOperations implements Operations {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final IndexClient index;
    private final Retrieval retrieval;
    private final PluginHost plugins;
    private final PeersFile peersFile;
    private final KnownHosts hosts;
    private final Sharing sharing;

    /** The operations, by the parts of the host that do the work. */
    public HostOperations(IndexClient index, Retrieval retrieval, PluginHost plugins,
            PeersFile peersFile, KnownHosts hosts, Sharing sharing) {
        this.index = index;
        this.retrieval = retrieval;
        this.plugins = plugins;
        this.peersFile = peersFile;
        this.hosts = hosts;
        this.sharing = sharing;
    }

    @Override
    public JsonNode execute(String operation, JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException {
        return IndexClient.telling(server -> events.accept(JSON.valueToTree(new Silent(server.toString()))),
                () -> JSON.valueToTree(result(operation, arguments, events)));
    }

    /** An event of any operation: an index server is being asked, and has not answered for some time. */
    private record Silent(String unansweredBy) {}

    private Object result(String operation, JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException {
        return switch (operation) {
            case "list" -> ListedContent.from(index.all());
            case "search" -> ListedContent.from(index.byWords(words(text(arguments, "words"))));
            case "get" -> get(arguments, events);
            case "share" -> share(arguments, events);
            case "unshare" -> sharing.unshare(text(arguments, "name"), optional(arguments, "path").map(Path::of));
            case "delete" -> sharing.delete(text(arguments, "name"));
            case "status" -> sharing.status(retrieval.active(), listedHosts());
            case "limit" -> sharing.limit(new HostStatus.Limits(arguments.path("upload").asString(""),
                    arguments.path("download").asString(""), arguments.path("uploadPerPeer").asString(""),
                    arguments.path("uploadSlots").asString("")));
            case "plugins" -> plugins.list().stream().map(HostOperations::listed).toList();
            case "peers" -> peers();
            default -> throw new IOException("this host knows no operation \"" + operation
                    + "\"; it may be of another version than the command");
        };
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

    /** What is offered for it, once the index knows; where it is not to know soon, an event tells why. */
    private List<ShareResult> share(JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException {
        List<ShareResult> shared = sharing.share(arguments.path("paths").valueStream()
                .map(path -> Path.of(path.asString())).toList());
        sharing.awaitRegistered().ifPresent(why -> events.accept(JSON.valueToTree(new NotKnownYet(why))));
        return shared;
    }

    /** That the index does not know yet what is offered. */
    private record NotKnownYet(String indexState) {}

    private Record get(JsonNode arguments, Consumer<JsonNode> events) throws IOException, InterruptedException {
        Retrieval.Order order = new Retrieval.Order(text(arguments, "content"), optional(arguments, "from"),
                optional(arguments, "output"), arguments.path("sequential").asBoolean(false));
        boolean everyFile = arguments.path("files").asBoolean(false);
        return retrieval.get(order, event -> {
            if (everyFile || !(event instanceof FileResult)) {
                events.accept(JSON.valueToTree(event));
            }
        });
    }

    /** Where the peers are that the index knows, and the known hosts that are reachable, whose names are their addresses. */
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

    /** A row of the list of peers. */
    private record ListedPeer(String peer, String address, String scheme) {}

    private static ListedPlugin listed(PluginStatus status) {
        return new ListedPlugin(status.jar(), status.plugin(), status.version(), status.kind(), status.provides(),
                status.state(), status.error());
    }

    /** A row of the list of plugins. */
    private record ListedPlugin(String jar, String plugin, String version, String kind, String provides, String state,
            String error) {}

    private List<HostStatus.Host> listedHosts() {
        return hosts.list().stream().map(host -> new HostStatus.Host(host.endpoint().toString(), host.present()))
                .toList();
    }

    /** What the commands about a host's own files do; a host that is only visiting shares nothing. */
    public interface Sharing {

        /** Offers files or folders; the contents that are offered for it. */
        List<ShareResult> share(List<Path> paths) throws IOException;

        /**
         * Waits until the index knows all that is offered, unless that takes too long.
         *
         * @return why it does not, if so
         */
        Optional<String> awaitRegistered() throws InterruptedException;

        /** Offers what has that name, or is at that path, no more: a content, or all of a folder that was shared by command. */
        List<ShareResult> unshare(String name, Optional<Path> path) throws IOException;

        /** Removes a file of this host from the disk and from the index. */
        OwnContent delete(String name) throws IOException;

        /** Changes what transfers may take, until the host ends; what it is then. */
        HostStatus.Limits limit(HostStatus.Limits changes) throws IOException;

        /** All about the host. */
        HostStatus status(List<Record> downloads, List<HostStatus.Host> hosts);
    }
}
