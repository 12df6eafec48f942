package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.assembly.PeerHost;
import dev.swarmdex.peer.host.control.ControlClient;
import dev.swarmdex.peer.host.control.Operations;
import dev.swarmdex.peer.host.shell.Completion;
import dev.swarmdex.peer.host.shell.Input;
import dev.swarmdex.peer.host.shell.PlainInput;
import dev.swarmdex.peer.host.shell.Shell;
import dev.swarmdex.peer.host.shell.TerminalInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

@Parameters(commandDescription = "an interactive menu of all commands; where no host runs, it is one while it lasts")
final class ShellCommand extends Command {

    private static final String HISTORY = "shell-history";

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        HostConfig config = readConfig(output);
        Logging.quiet();
        Optional<ControlClient> running = ControlClient.find(config.stateDir());
        if (running.isPresent()) {
            warnOfOverrides(output);
            converse(output, config, running.get());
            if (output.terminal()) {
                output.line("the host of " + config.name() + " goes on");
            }
            return;
        }
        try (PeerHost host = PeerHost.start(config)) {
            converse(output, config, host.operations());
        }
    }

    private static void converse(Output output, HostConfig config, Operations host)
            throws IOException, InterruptedException {
        Shell.Commands commands = new HostCommands(output, host);
        List<Path> folders = Stream.concat(config.share().stream(), Stream.of(config.downloadDir())).toList();
        Shell shell = new Shell(new Shell.Identity(config.name(), folders), commands, host, output.results(),
                output.messages());
        try (Input input = output.terminal()
                ? TerminalInput.open(config.stateDir().resolve(HISTORY), new Completion(commands.names(), host))
                : new PlainInput(System.in)) {
            int failed = shell.run(input);
            if (failed > 0 && !input.isInteractive()) {
                throw new IOException(failed + " of the commands failed, see above");
            }
        }
    }

    /** The commands, with the shell's host. */
    private record HostCommands(Output output, Operations host) implements Shell.Commands {

        @Override
        public List<String> names() {
            return CommandLine.hostCommands();
        }

        @Override
        public boolean run(List<String> words) throws InterruptedException {
            return CommandLine.run(words.toArray(String[]::new), output, host) == 0;
        }
    }
}
