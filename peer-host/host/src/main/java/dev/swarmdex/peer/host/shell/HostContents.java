package dev.swarmdex.peer.host.shell;

import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the shell asks its host about contents. */
final class HostContents {

    private final Operations host;

    HostContents(Operations host) {
        this.host = host;
    }

    /** A content at the index, as one peer offers it. */
    record Offered(String peer, String name) {}

    /** A content of this host, and its file. */
    record Own(String name, Path path) {}

    /** All that anybody offers. */
    List<Offered> offered() throws IOException, InterruptedException {
        return ask("list").valueStream().flatMap(HostContents::offers).distinct().toList();
    }

    private static Stream<Offered> offers(JsonNode content) {
        return content.path("peers").valueStream()
                .map(peer -> new Offered(peer.path("peer").asString(""), content.path("name").asString("")));
    }

    /** All that this host offers. */
    List<Own> own() throws IOException, InterruptedException {
        return ask("status").path("shares").valueStream()
                .map(share -> new Own(share.path("name").asString(""), Path.of(share.path("path").asString(""))))
                .toList();
    }

    private JsonNode ask(String operation) throws IOException, InterruptedException {
        return host.execute(operation, JsonMapper.shared().createObjectNode(), event -> {});
    }
}
