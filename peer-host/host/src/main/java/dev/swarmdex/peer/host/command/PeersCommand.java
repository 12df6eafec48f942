package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

@Parameters(commandDescription = "prints where the present peers are, and keeps it in peers.txt in the state folder")
final class PeersCommand extends DataCommand {

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        JsonNode peers = ask(output, "peers", arguments());
        if (wantsJson()) {
            output.json(peers);
            return;
        }
        for (JsonNode peer : peers) {
            output.line(text(peer, "peer") + " - " + text(peer, "address"));
        }
        if (peers.isEmpty()) {
            output.warn("no peer is present");
        }
    }
}
