package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class HostsFileTest {

    private static final Path SHIPPED = Path.of("../../config/hosts.txt");

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("hosts.txt");
    }

    @Test
    void an_address_alone_is_a_host_of_seed_004_and_anything_else_is_a_whole_endpoint() throws Exception {
        Files.writeString(file, """
                # all of us
                10.0.0.7
                  lab-pc-3   # by the window

                fd00::7
                tcp://10.0.0.9:7118
                10.0.0.7
                """);

        assertThat(HostsFile.read(file)).extracting(Endpoint::toString).containsExactly("kilobyte://10.0.0.7:8080",
                "kilobyte://lab-pc-3:8080", "kilobyte://[fd00::7]:8080", "tcp://10.0.0.9:7118");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7 10.0.0.8", "kilobyte://10.0.0.7", "kilobyte://10.0.0.7:0",
            "kilobyte://10.0.0.7:70000", "a/b", "[fd00::7]"})
    void a_mistake_is_told_with_its_line(String mistake) throws Exception {
        Files.writeString(file, "10.0.0.1\n\n" + mistake + "\n");

        assertThatIOException().isThrownBy(() -> HostsFile.read(file)).withMessageStartingWith(file + ":3: ")
                .withMessageContaining("kilobyte://10.0.0.7:8080");
    }

    @Test
    void what_can_not_be_a_hosts_file_is_refused() throws Exception {
        assertThatIOException().isThrownBy(() -> HostsFile.read(file)).withMessageContaining("does not exist");
        Files.write(file, new byte[]{(byte) 0xff, (byte) 0xfe});
        assertThatIOException().isThrownBy(() -> HostsFile.read(file)).withMessageContaining("UTF-8");
        Files.write(file, IntStream.rangeClosed(0, HostsFile.MOST_HOSTS).mapToObj(i -> "host" + i).toList());
        assertThatIOException().isThrownBy(() -> HostsFile.read(file)).withMessageContaining(":1001: more than 1000");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThatIOException().isThrownBy(() -> HostsFile.read(file)).withMessageContaining("larger");
    }

    @Test
    void the_shipped_example_names_no_host_and_its_examples_are_right() throws Exception {
        assertThat(HostsFile.read(SHIPPED)).isEmpty();
        assertThat(HostsFile.read(withExamples())).hasSize(6);
    }

    private Path withExamples() throws IOException {
        List<String> lines = Files.readAllLines(SHIPPED).stream().map(line -> line.replaceFirst("^#(?=\\S)", ""))
                .toList();
        return Files.write(file, lines);
    }
}
