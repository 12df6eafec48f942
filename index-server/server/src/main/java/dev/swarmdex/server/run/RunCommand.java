package dev.swarmdex.server.run;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.server.command.Command;
import dev.swarmdex.server.command.CommonOptions;
import dev.swarmdex.server.command.Interrupt;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.settings.ServerSettings;
import org.jline.utils.Signals;

/** {@code index run}: serves until the process is told to stop; on SIGHUP, reads the config again. */
@Parameters(commandDescription = "runs the index server until Ctrl-C or SIGTERM")
public final class RunCommand implements Command {

    /** By custom, what has a server read its config again. */
    private static final String HANG_UP = "HUP";

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
            Reload reload = new Reload(settings, () -> common.settings(surroundings), server::limit);
            Object before = Signals.register(HANG_UP, reload::now);
            Readiness.tell(surroundings.environment());
            Interrupt.await(server::close);
            Signals.unregister(HANG_UP, before);
        }
    }
}
