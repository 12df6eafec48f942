package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.assembly.PeerHost;
import dev.swarmdex.peer.host.control.ControlClient;
import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A command that asks a host for something and prints the answer. */
abstract class DataCommand extends Command {

    @Parameter(names = "--json", description = "prints JSON, for programs")
    private boolean json;

    boolean wantsJson() {
        return json;
    }

    /**
     * Asks the given host, or the one that runs with the config's state folder; where none does, does the job in this
     * process. That an index server does not answer is said, but not with {@code --json}.
     */
    JsonNode ask(Output output, String operation, ObjectNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException, ConfigException {
        Set<String> silent = new HashSet<>();
        return execute(output, operation, arguments, event -> {
            String server = text(event, "unansweredBy");
            if (server.isEmpty()) {
                events.accept(event);
            } else if (!json && silent.add(server)) {
                output.warn("asking the index server " + server + ", which has not answered yet");
            }
        });
    }

    private JsonNode execute(Output output, String operation, ObjectNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException, ConfigException {
        if (givenHost().isPresent()) {
            return givenHost().get().execute(operation, arguments, events);
        }
        HostConfig config = readConfig(output);
        Optional<ControlClient> running = ControlClient.find(config.stateDir());
        if (running.isPresent()) {
            warnOfOverrides(output);
            return running.get().execute(operation, arguments, events);
        }
        // only here: a command that asks a running host is done sooner without
        Logging.quiet();
        try (PeerHost visiting = PeerHost.visit(config)) {
            Operations operations = visiting.operations();
            return operations.execute(operation, arguments, events);
        }
    }

    JsonNode ask(Output output, String operation, ObjectNode arguments)
            throws IOException, InterruptedException, ConfigException {
        return ask(output, operation, arguments, event -> {});
    }

    static ObjectNode arguments() {
        return JsonMapper.shared().createObjectNode();
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
