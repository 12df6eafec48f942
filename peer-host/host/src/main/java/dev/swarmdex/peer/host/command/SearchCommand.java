package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

@Parameters(commandDescription = "finds contents whose names contain all the words, or words that start with them")
final class SearchCommand extends DataCommand {

    @Parameter(description = "WORD…", required = true)
    private List<String> words = new ArrayList<>();

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        ContentTable.print(output, wantsJson(),
                ask(output, "search", arguments().put("words", String.join(" ", words))),
                "no content has these words, or similar ones, in its name");
    }
}
