package dev.swarmdex.server.run;

import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.LogSettings;
import dev.swarmdex.config.Logging;
import dev.swarmdex.server.settings.LimitSettings;
import dev.swarmdex.server.settings.ServerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the config again while the server runs, and puts into force what can change then: the limits and the level of the log.
 * A config that is wrong changes nothing. Safe for any number of threads.
 */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /** What takes a restart, by its name in the config. */
    private static final Map<String, Function<ServerSettings, Object>> FIXED = new LinkedHashMap<>();

    static {
        FIXED.put("[store]", ServerSettings::store);
        FIXED.put("[[frontend]]", ServerSettings::frontend);
        FIXED.put("[http]", ServerSettings::http);
        FIXED.put("[console]", ServerSettings::console);
        FIXED.put("log.file", settings -> settings.log().file());
    }

    private final ServerSettings started;
    private final Source source;
    private final Consumer<LimitSettings> limits;
    private final Consumer<LogSettings.Level> level;

    /** Reads the config. */
    @FunctionalInterface
    interface Source {

        ServerSettings read() throws ConfigException;
    }

    /** Reads from that source, for a server that was started with those settings and takes new limits. */
    Reload(ServerSettings started, Source source, Consumer<LimitSettings> limits) {
        this(started, source, limits, Logging::setLevel);
    }

    Reload(ServerSettings started, Source source, Consumer<LimitSettings> limits, Consumer<LogSettings.Level> level) {
        this.started = started;
        this.source = source;
        this.limits = limits;
        this.level = level;
    }

    /** Does it. */
    synchronized void now() {
        ServerSettings fresh;
        try {
            fresh = source.read();
        } catch (ConfigException e) {
            LOG.error("the config is wrong, and all stays as it was: {}", e.getMessage());
            return;
        }
        limits.accept(fresh.limits());
        level.accept(fresh.log().level());
        LOG.info("the config was read again, and these are in force: {}, log level {}", fresh.limits(),
                fresh.log().level());
        List<String> later = FIXED.entrySet().stream()
                .filter(each -> !each.getValue().apply(fresh).equals(each.getValue().apply(started)))
                .map(Map.Entry::getKey).toList();
        if (!later.isEmpty()) {
            LOG.warn("changes of {} take a restart of the server", String.join(", ", later));
        }
    }
}
