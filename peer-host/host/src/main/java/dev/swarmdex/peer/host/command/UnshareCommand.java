package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@Parameters(commandDescription = "offers contents no more; their files stay")
final class UnshareCommand extends DataCommand {

    @Parameter(description = "NAME|PATH…", required = true)
    private List<String> names = new ArrayList<>();

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        for (String name : names) {
            var result = ask(output, "unshare",
                    arguments().put("name", name).put("path", Path.of(name).toAbsolutePath().normalize().toString()));
            if (wantsJson()) {
                output.jsonLine(result);
            } else {
                result.forEach(content -> output.line(
                        text(content, text(content, "nameTakenBy").isEmpty() ? "name" : "path")
                                + " is not offered any more"));
            }
        }
    }
}
