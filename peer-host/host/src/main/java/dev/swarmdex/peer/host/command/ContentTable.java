package dev.swarmdex.peer.host.command;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Contents with their peers, as a table or as JSON. */
final class ContentTable {

    private static final int SHORT_ID = 26;

    private ContentTable() {}

    static void print(Output output, boolean json, JsonNode contents, String whenEmpty) {
        if (json) {
            output.json(contents);
            return;
        }
        Table table = new Table("NAME", "SIZE", "ID", "PEERS");
        for (JsonNode content : contents) {
            String peers = content.path("peers").valueStream().map(peer -> peer.path("peer").asString("")).distinct()
                    .collect(Collectors.joining(", "));
            String id = content.path("id").asString("-");
            table.row(content.path("name").asString(""), Sizes.text(content.path("size").asLong(-1)),
                    output.terminal() ? shortened(id) : id, peers);
        }
        if (table.isEmpty()) {
            output.warn(whenEmpty);
        } else {
            table.print(output);
        }
    }

    /** Enough of an id for a person to tell two contents apart. */
    private static String shortened(String id) {
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID) + "…";
    }
}
