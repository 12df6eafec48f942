package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.peer.host.HostConfig;
import dev.swarmdex.peer.host.PeerHost;
import java.io.IOException;
import java.time.Duration;

@Parameters(commandDescription = "runs the peer host until it is told to stop")
final class RunCommand extends Command {

    private static final Duration FOREVER = Duration.ofDays(365_000);

    @Override
    void run(Output output) throws IOException, InterruptedException {
        HostConfig config = readConfig(output);
        try (PeerHost host = PeerHost.start(config)) {
            host.announceStart();
            Thread.sleep(FOREVER);
        }
    }
}
