package dev.swarmdex.peer.host.command;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.converters.IParameterSplitter;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.Loaded;
import dev.swarmdex.peer.host.assembly.ConfigValueException;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command: its options, which JCommander fills, and what it does. */
abstract class Command {

    @Parameter(names = {"-c", "--config"}, description = "the config file")
    private String config = "config/peer.toml";

    @Parameter(names = "--set", description = "key=value: overrides a key of the config, say selection.strategy=random", splitter = WholeValue.class)
    private List<String> overrides = new ArrayList<>();

    @Parameter(names = {"-h", "--help"}, help = true, description = "shows this")
    private boolean help;

    private Optional<Operations> host = Optional.empty();
    private @Nullable Loaded<HostConfig> loaded;

    /** What is wrong with a value of the config, with the place where it was written. */
    String located(ConfigValueException wrong) {
        return loaded == null
                ? String.valueOf(wrong.getMessage())
                : String.valueOf(loaded.problem(wrong.key(), wrong.text()).getMessage());
    }

    /** Runs the command; what it throws becomes one line on standard error. */
    abstract void run(Output output) throws IOException, InterruptedException, ConfigException;

    /** Uses that host from now on, instead of the one that the config leads to. */
    void use(Operations given) {
        host = Optional.of(given);
    }

    /** The host to use, where the config does not decide. */
    Optional<Operations> givenHost() {
        return host;
    }

    Path configFile() {
        return Path.of(config);
    }

    boolean wantsHelp() {
        return help;
    }

    HostConfig readConfig(Output output) throws ConfigException {
        Loaded<HostConfig> read = ConfigReader.read(HostConfig.class, configFile(), overrides, System.getenv());
        read.warnings().forEach(output::warn);
        loaded = read;
        return read.config();
    }

    /** What leads to the host is heeded; for all else the host has its own config. */
    void warnOfOverrides(Output output) {
        if (overrides.stream().anyMatch(override -> !override.startsWith("state-dir="))) {
            output.warn(
                    "the host that runs with this state folder does it, by its own config: --set has no effect; stop"
                            + " that host, or change its limits with: swarmdex peer limit");
        }
    }

    /** Keeps a value with commas in one piece, which JCommander would otherwise split. */
    static final class WholeValue implements IParameterSplitter {

        @Override
        public List<String> split(String value) {
            return List.of(value);
        }
    }
}
