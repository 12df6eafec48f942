package dev.swarmdex.server.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.converters.IParameterSplitter;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.Loaded;
import dev.swarmdex.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options that every command has. */
public final class CommonOptions {

    @Parameter(names = {"-c", "--config"}, description = "the config file")
    private Path config = Path.of("config", "index-server.toml");

    @Parameter(names = "--set", description = "sets a key of the config: --set store.url=jdbc:h2:file:/srv/index", splitter = Whole.class)
    private List<String> set = new ArrayList<>();

    @Parameter(names = {"-h", "--help"}, help = true, description = "shows this help")
    private boolean help;

    /** Whether only help is wanted. */
    public boolean help() {
        return help;
    }

    /** The config file. */
    public Path config() {
        return config;
    }

    /** Reads the config; its warnings go to the error output. */
    public ServerSettings settings(Surroundings surroundings) throws ConfigException {
        Loaded<ServerSettings> loaded = ConfigReader.read(ServerSettings.class, config, set,
                surroundings.environment());
        loaded.warnings().forEach(warning -> surroundings.err().println("swarmdex index: " + warning));
        return loaded.config();
    }

    /** JCommander would take a comma for the end of a value. */
    private static final class Whole implements IParameterSplitter {

        @Override
        public List<String> split(String value) {
            return List.of(value);
        }
    }
}
