package dev.swarmdex.peer.host.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program {@code swarmdex demo [FILE]}. */
public final class Main {

    private Main() {}

    /** Runs the demo; on Ctrl-C stops everything it started, and removes its folder, before the process ends. */
    public static void main(String[] arguments) {
        if (arguments.length > 1 || arguments.length == 1 && arguments[0].startsWith("-")) {
            System.out.println("Usage: swarmdex demo [FILE]    shares FILE, or a file of the JDK, between three peers");
            System.exit(arguments.length == 1 && arguments[0].matches("-h|--help") ? 0 : 2);
        }
        Path home = Path.of(System.getProperty("swarmdex.home", "."));
        Path file = arguments.length == 1
                ? Path.of(arguments[0]).toAbsolutePath()
                : Path.of(System.getProperty("java.home"), "lib", "modules");
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            System.err.println("swarmdex: " + file + " is no file that can be read; name another one");
            System.exit(2);
        }
        AtomicBoolean stopping = new AtomicBoolean();
        int exitCode = run(home, file, stopping);
        if (!stopping.get()) {
            System.exit(exitCode);
        }
    }

    private static int run(Path home, Path file, AtomicBoolean stopping) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            main.interrupt();
            try {
                main.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }, "stop"));
        try (Demo demo = new Demo(home, file)) {
            try {
                demo.run();
                return 0;
            } catch (DemoException | IOException failure) {
                if (!stopping.get()) {
                    demo.showLogs();
                    System.err.println("swarmdex: the demo failed: " + failure.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            System.err.println("swarmdex: stopped, and everything the demo had started");
        } catch (IOException failure) {
            System.err.println("swarmdex: the demo failed: " + failure.getMessage());
        }
        return 1;
    }
}
