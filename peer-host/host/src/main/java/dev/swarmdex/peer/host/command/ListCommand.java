package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;

@Parameters(commandDescription = "lists all contents at the index and who offers them")
final class ListCommand extends DataCommand {

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        ContentTable.print(output, wantsJson(), ask(output, "list", arguments()), "the index knows no content");
    }
}
