package dev.swarmdex.server.run;

import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.LogSettings;
import dev.swarmdex.server.settings.LimitSettings;
import dev.swarmdex.server.settings.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ReloadTest {

    private static final String FRONT_END = "[[frontend]]\nprotocol = \"native\"\nbind = \"127.0.0.1:0\"\n";

    @TempDir
    Path folder;
    private final List<LimitSettings> limits = new ArrayList<>();
    private final List<LogSettings.Level> levels = new ArrayList<>();
    @SuppressWarnings("NullAway.Init")
    private Path file;
    @SuppressWarnings("NullAway.Init")
    private Reload reload;

    @BeforeEach
    void start() throws Exception {
        file = folder.resolve("index-server.toml");
        Files.writeString(file, FRONT_END);
        Reload.Source source = () -> ConfigReader.read(ServerSettings.class, file, List.of(), Map.of()).config();
        reload = new Reload(source.read(), source, limits::add, levels::add);
    }

    @Test
    void limits_and_the_log_level_of_the_file_are_put_into_force() throws Exception {
        Files.writeString(file, FRONT_END + "[limits]\nrequests-per-second = 7\n[log]\nlevel = \"debug\"\n");
        reload.now();
        assertThat(limits).singleElement().satisfies(fresh -> assertThat(fresh.requestsPerSecond()).isEqualTo(7));
        assertThat(levels).containsExactly(LogSettings.Level.DEBUG);
    }

    @Test
    void a_file_that_is_wrong_or_gone_changes_nothing() throws Exception {
        Files.writeString(file, FRONT_END + "[limits]\nrequests-per-second = 7\ncolour = \"red\"\n");
        reload.now();
        Files.delete(file);
        reload.now();
        assertThat(limits).isEmpty();
        assertThat(levels).isEmpty();
    }
}
