package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.Console;
import java.io.IOException;

@Parameters(commandDescription = "removes one of the peer's own files, from the index and from the disk")
final class DeleteCommand extends DataCommand {

    @Parameter(description = "NAME", required = true)
    private String name = "";

    @Parameter(names = {"-y", "--yes"}, description = "does not ask first")
    private boolean yes;

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        if (!yes && !confirmed()) {
            output.warn("nothing was deleted");
            return;
        }
        var result = ask(output, "delete", arguments().put("name", name));
        if (wantsJson()) {
            output.json(result);
        } else {
            output.line(text(result, "path") + " is deleted");
        }
    }

    private boolean confirmed() throws UsageException {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new UsageException("there is no terminal to ask on; say --yes to delete " + name);
        }
        String answer = console.readLine("Delete %s from the disk? [y/N] ", name);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
