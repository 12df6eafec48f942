package dev.swarmdex.peer.host.control;

import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What a command can ask of a host, whether that host lives in another process or was started just for the command. */
@FunctionalInterface
public interface Operations {

    /**
     * Carries out an operation, blocking until it is done.
     *
     * @param events takes what there is to tell before the end, say a download's progress
     * @return the result, as the command's {@code --json} prints it
     * @throws IOException when it can't be done, with a message for the user
     */
    JsonNode execute(String operation, JsonNode arguments, Consumer<JsonNode> events)
            throws IOException, InterruptedException;
}
