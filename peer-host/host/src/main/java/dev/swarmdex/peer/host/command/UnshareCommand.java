package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

@Parameters(commandDescription = "offers contents no more; their files stay")
final class UnshareCommand extends DataCommand {

    @Parameter(description = "NAME…", required = true)
    private List<String> names = new ArrayList<>();

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        for (String name : names) {
            var result = ask(output, "unshare", arguments().put("name", name));
            if (wantsJson()) {
                output.jsonLine(result);
            } else {
                output.line(name + " is not offered any more");
            }
        }
    }
}
