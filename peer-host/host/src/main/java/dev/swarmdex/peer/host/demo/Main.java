package dev.swarmdex.peer.host.demo;

import dev.swarmdex.peer.host.command.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program {@code swarmdex demo [FILE]}. */
public final class Main {

    private Main() {}

    /** Runs the demo; on Ctrl-C stops everything it started, and removes its folder, before the process ends. */
    public static void main(String[] arguments) {
        if (arguments.length > 1 || (arguments.length == 1 && arguments[0].startsWith("-"))) {
            System.out.println("Usage: swarmdex demo [FILE]    shares FILE, or a file of the JDK, between three peers");
            System.exit(arguments.length == 1 && arguments[0].matches("-h|--help") ? 0 : 2);
        }
        Path home = Path.of(System.getProperty("swarmdex.home", "."));
        Path file = arguments.length == 1
                ? Path.of(arguments[0]).toAbsolutePath()
                : Path.of(System.getProperty("java.home"), "lib", "modules");
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            System.err.println("swarmdex: " + file + " is not a readable file; name another one");
            System.exit(2);
        }
        Program.run(() -> run(home, file));
    }

    private static int run(Path home, Path file) throws InterruptedException {
        try (Demo demo = new Demo(home, file)) {
            try {
                demo.run();
                return 0;
            } catch (DemoException | IOException failure) {
                demo.showLogs();
                System.err.println("swarmdex: the demo failed: " + failure.getMessage());
            }
        } catch (InterruptedException stopped) {
            System.err.println("swarmdex: stopped, and everything the demo had started");
            throw stopped;
        } catch (IOException failure) {
            System.err.println("swarmdex: the demo failed: " + failure.getMessage());
        }
        return 1;
    }
}
