package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.assembly.PeerHost;
import java.io.IOException;

@Parameters(commandDescription = "runs the peer host until it is told to stop")
final class RunCommand extends Command {

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        HostConfig config = readConfig(output);
        Logging.start(config.log(), configFile());
        try (PeerHost host = PeerHost.start(config)) {
            host.awaitInterrupt();
        }
    }
}
