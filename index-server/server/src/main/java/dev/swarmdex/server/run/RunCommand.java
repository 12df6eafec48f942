package dev.swarmdex.server.run;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.server.command.Command;
import dev.swarmdex.server.command.CommonOptions;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.frontend.CannotListenException;
import dev.swarmdex.server.settings.ServerSettings;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code index run}: serves until the process is told to stop. */
@Parameters(commandDescription = "runs the index server until Ctrl-C or SIGTERM")
public final class RunCommand implements Command {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @ParametersDelegate
    private final CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void run(Surroundings surroundings) throws ConfigException, CannotListenException {
        ServerSettings settings = common.settings(surroundings);
        Logging.start(settings.log(), common.config());
        try (IndexServer server = IndexServer.start(settings, System::nanoTime)) {
            Thread hook = Thread.ofPlatform().name("shutdown").unstarted(server::close);
            Runtime.getRuntime().addShutdownHook(hook);
            awaitInterrupt();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** A process is stopped by the hook; who runs this inside another program stops it by an interrupt. */
    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            LOG.debug("interrupted: stopping");
        }
    }
}
