package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HostConfigTest {

    @TempDir
    private Path folder;

    @Test
    void the_shipped_file_has_the_defaults() throws Exception {
        HostConfig shipped = ConfigReader.read(HostConfig.class, Path.of("../../config/peer.toml"), List.of(), Map.of())
                .config();

        assertThat(shipped.discovery().hostsFile()).isEmpty();
        assertThat(shipped.discovery()).isEqualTo(read("").discovery());
        assertThat(shipped.selection()).isEqualTo(read("").selection());
        assertThat(shipped.hash()).isEqualTo(read("").hash());
        assertThat(shipped.limits()).isEqualTo(read("").limits());
    }

    @Test
    void where_the_shipped_file_has_no_default_it_says_so() throws Exception {
        assertThat(Path.of("../../config/peer.toml")).content()
                .contains("The default is [].\nshare = [\"./shared\"]")
                .contains("Without any\n# table a host serves nobody.\n[[transport]]").contains("\"\" (the default)");
        assertThat(read("").share()).isEmpty();
        assertThat(read("").transport()).isEmpty();
        assertThat(read("").log().file()).isEmpty();
    }

    @Test
    void a_limit_that_is_none_is_told_with_its_line() {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> read("""
                [limits]
                upload = "fast"
                upload-slots = 0
                """)).withMessageContaining("peer.toml:3: limits.upload: \"fast\" is not a rate such as");
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> read("""
                [limits]
                upload-slots = 0
                """)).withMessageContaining("upload-slots: 1 to 100000, not 0");
    }

    @Test
    void with_a_hosts_file_there_need_be_no_index() throws Exception {
        HostConfig.Discovery discovery = read("""
                [discovery]
                index = []
                hosts-file = "hosts.txt"
                """).discovery();

        assertThat(discovery.index()).isEmpty();
        assertThat(discovery.hostsFile()).contains(Path.of("hosts.txt"));
    }

    @Test
    void with_neither_a_host_could_find_nothing() {
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> read("""
                [discovery]
                index = []
                """)).withMessageContaining("hosts-file");
    }

    private HostConfig read(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("peer.toml"), "name = \"alice\"\n" + text);
        return ConfigReader.read(HostConfig.class, file, List.of(), Map.of()).config();
    }
}
