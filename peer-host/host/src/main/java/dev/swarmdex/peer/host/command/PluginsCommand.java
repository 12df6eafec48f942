package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameters;
import dev.swarmdex.config.ConfigException;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

@Parameters(commandDescription = "lists the plugin jars, what they provide, and why one is not used")
final class PluginsCommand extends DataCommand {

    @Override
    void run(Output output) throws IOException, InterruptedException, ConfigException {
        JsonNode plugins = ask(output, "plugins", arguments());
        if (wantsJson()) {
            output.json(plugins);
            return;
        }
        Table table = new Table("JAR", "VERSION", "KIND", "PROVIDES", "STATE", "ERROR");
        for (JsonNode plugin : plugins) {
            table.row(text(plugin, "jar"), text(plugin, "version"), text(plugin, "kind"), text(plugin, "provides"),
                    text(plugin, "state"), text(plugin, "error"));
        }
        if (table.isEmpty()) {
            output.warn("there is no plugin; put jars into the plugins folder");
        } else {
            table.print(output);
        }
    }
}
