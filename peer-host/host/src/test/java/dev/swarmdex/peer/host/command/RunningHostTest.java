package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.control.ControlServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What commands say of the config, where a host runs with it and where none can. */
class RunningHostTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeConfig() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("peer.toml"), """
                name = "alice"
                state-dir = "%1$s/state"
                download-dir = "%1$s/downloads"
                plugins-dir = "%1$s/plugins"
                [selection]
                strategy = "nearby"
                """.formatted(folder));
    }

    @Test
    void that_set_has_no_effect_on_a_running_host_is_told() throws Exception {
        try (ControlServer host = ControlServer.bind(folder.resolve("state"))) {
            host.serve((_, _, _) -> JsonMapper.shared().createArrayNode());

            assertThat(run("list", "--set", "selection.strategy=random")).isZero();
            assertThat(said()).contains("--set has no effect");

            assertThat(run("list")).isZero();
            assertThat(run("list", "--set", "state-dir=" + folder.resolve("state"))).isZero();
            assertThat(said()).doesNotContain("--set has no effect");
        }
    }

    @Test
    void that_a_shared_path_is_a_link_is_told_with_what_it_leads_to() throws Exception {
        Path target = Files.createDirectory(folder.toRealPath().resolve("train"));
        Path link = Files.createSymbolicLink(folder.resolve("lnk"), target);
        try (ControlServer host = ControlServer.bind(folder.resolve("state"))) {
            host.serve((_, _, _) -> JsonMapper.shared().createArrayNode());

            assertThat(run("share", link.toString())).isZero();
            assertThat(said()).contains(link + " is a link: " + target + " is shared");

            assertThat(run("share", target.toString())).isZero();
            assertThat(said()).doesNotContain("is a link");
        }
    }

    @Test
    void a_value_that_no_plugin_has_is_wrong_config_and_told_with_its_place() throws Exception {
        assertThat(run("share", folder.resolve("peer.toml").toString())).isEqualTo(2);
        assertThat(said()).contains("peer.toml:6: selection.strategy: no plugin for selector nearby");
    }

    @Test
    void a_limit_that_is_no_rate_is_wrong_usage() throws Exception {
        assertThat(run("limit", "--upload", "20")).isEqualTo(2);
        assertThat(said()).contains("--upload: \"20\" is not a rate");
    }

    private int run(String... words) throws InterruptedException {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("-c", folder.resolve("peer.toml").toString()));
        return CommandLine.run(all.toArray(String[]::new), new Output(stream, stream, false));
    }

    private String said() {
        String text = said.toString(StandardCharsets.UTF_8);
        said.reset();
        return text;
    }
}
