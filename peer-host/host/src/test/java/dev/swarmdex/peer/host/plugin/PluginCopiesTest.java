package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PluginCopiesTest {

    @TempDir
    private Path temp;

    /** A command with copies of its own, until it is killed. */
    static final class Command {

        private Command() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            PluginCopies copies = PluginCopies.temporaryIn(Path.of(args[0]));
            System.out.println(copies.add(Path.of(args[1])));
            Thread.currentThread().join();
        }
    }

    @Test
    void what_a_killed_command_has_left_is_deleted_by_the_next_one_and_nothing_else() throws Exception {
        Path jar = Files.writeString(temp.resolve("a.jar"), "a");
        List<Path> others = List.of(temp.resolve("swarmdex-plugins-mine"), temp.resolve("mine"));
        for (Path other : others) {
            Files.writeString(Files.createDirectory(other).resolve("note"), "mine");
        }
        Process command = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Command.class.getName(), temp.toString(), jar.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var said = command.inputReader(StandardCharsets.UTF_8)) {
            Path copy = Path.of(said.readLine());

            PluginCopies own = PluginCopies.temporaryIn(temp);
            Path ownCopy = own.add(jar);
            assertThat(copy).hasContent("a");

            command.destroyForcibly().waitFor();
            PluginCopies next = PluginCopies.temporaryIn(temp);
            assertThat(copy.resolve("../..").normalize()).doesNotExist();
            assertThat(ownCopy).hasContent("a");

            own.deleteAll();
            next.deleteAll();
            assertThat(others).allSatisfy(other -> assertThat(other.resolve("note")).hasContent("mine"));
            assertThat(temp).isDirectoryNotContaining(
                    file -> file.getFileName().toString().startsWith("swarmdex-plugins-")
                            && !file.getFileName().toString().endsWith("mine"));
        } finally {
            command.destroyForcibly();
        }
    }
}
