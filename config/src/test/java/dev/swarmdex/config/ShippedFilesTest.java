package dev.swarmdex.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tomlj.Toml;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped files are TOML and explain themselves; that they bind is tested where their programs are. */
class ShippedFilesTest {

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".toml")).toList();
        }
    }

    @Test
    void both_programs_have_a_config_file() throws IOException {
        assertThat(files()).contains(Path.of("index-server.toml"), Path.of("peer.toml"));
    }

    @TestFactory
    Stream<DynamicTest> parses() throws IOException {
        return files().stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertThat(Toml.parse(file).errors()).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> every_key_has_a_comment_above_it() throws IOException {
        return files().stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i).matches("[a-z-]+ = .*")) {
                    assertThat(lines.get(i - 1)).as("the line above " + lines.get(i)).startsWith("# ");
                }
            }
        }));
    }
}
