package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.control.ControlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of the most used commands against a host that has invented answers. While it runs the launcher has the JVM record
 * which classes they load and link, for a cache with which commands, and hosts, start in two thirds of the time.
 */
public final class Rehearsal {

    private static final List<List<String>> COMMANDS = List.of(List.of("list"), List.of("list", "--json"),
            List.of("search", "film"), List.of("status"), List.of("get", "film.mkv"), List.of("share", "film.mkv"));

    private Rehearsal() {}

    /**
     * Runs the commands with the config file that is the only argument, whatever state folder that names.
     *
     * @throws IOException when one of them fails
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("swarmdex-rehearsal");
        try (ControlServer host = ControlServer.bind(state)) {
            host.serve(Rehearsal::answer);
            for (List<String> command : COMMANDS) {
                List<String> words = new ArrayList<>(command);
                words.addAll(List.of("-c", arguments[0], "--set", "state-dir=" + state));
                // as on a terminal, for the progress bar
                Output output = new Output(System.out, System.err, true);
                if (CommandLine.run(words.toArray(String[]::new), output) != 0) {
                    throw new IOException("failed: " + String.join(" ", words));
                }
            }
        } finally {
            Files.delete(state);
        }
    }

    private static JsonNode answer(String operation, JsonNode arguments, Consumer<JsonNode> events) {
        JsonMapper json = JsonMapper.shared();
        if (operation.equals("get")) {
            events.accept(json.readTree("""
                    {"name": "film.mkv", "size": 2000000, "verified": 1000000, "received": 1000000, "rate": 1000000,
                     "sources": ["alice"]}"""));
        }
        return json.readTree(switch (operation) {
            case "get" -> """
                    {"path": "film.mkv", "id": "sha256-tree:00", "size": 2000000, "seconds": 2.0, "unverified": "",
                     "from": {"alice": 2000000}}""";
            case "status" -> """
                    {"peer": "alice", "index": "registered", "shares": [{"name": "film.mkv", "size": 2000000}],
                     "uploads": [{"name": "film.mkv", "bytes": 1, "rate": 1, "active": 1, "to": ["bob"]}]}""";
            default ->
                """
                        [{"name": "film.mkv", "id": "sha256-tree:00", "size": 2000000,
                          "peers": [{"peer": "alice", "endpoint": "tcp://127.0.0.1:7118", "since": "2026-01-01T00:00:00Z"}]}]""";
        });
    }
}
