package dev.swarmdex.server.console;

import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.server.command.Command;
import dev.swarmdex.server.command.CommandFailedException;
import dev.swarmdex.server.command.CommonOptions;
import dev.swarmdex.server.command.Interrupt;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.settings.ServerSettings;
import dev.swarmdex.store.console.WebConsole;

/** {@code index console}: serves H2's web console for the live database until it is told to stop. */
@Parameters(commandDescription = "opens H2's web console on the running server's database, read-only, until Ctrl-C")
public final class ConsoleCommand implements Command {

    @ParametersDelegate
    private final CommonOptions common = new CommonOptions();

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void run(Surroundings surroundings) throws ConfigException, CommandFailedException {
        ServerSettings settings = common.settings(surroundings);
        int port = settings.console().bind().port();
        try (WebConsole console = WebConsole.open(settings.store().toStoreSettings(), port)) {
            if (!console.live()) {
                throw new CommandFailedException("no index server runs on " + settings.store().url()
                        + ": start it with swarmdex index run, or read its file with swarmdex index sql");
            }
            surroundings.out().println("The index in your browser, read-only, until Ctrl-C: " + console.url());
            surroundings.out().flush();
            Interrupt.await(console::close);
        }
    }
}
