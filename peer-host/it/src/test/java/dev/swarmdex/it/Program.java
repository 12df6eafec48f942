package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs, as the build leaves them. */
enum Program {
    INDEX("index-server/server", "dev.swarmdex.server.Main"), PEER("peer-host/host", "dev.swarmdex.peer.host.Main");

    /** The root of the checkout; the build names it. */
    static final Path HOME = Path.of(System.getProperty("swarmdex.home", "../..")).toAbsolutePath().normalize();

    /** A program that kept what strangers send to it would end here. */
    private static final String SMALL_HEAP = "-Xmx64m";

    private final String module;
    private final String mainClass;

    Program(String module, String mainClass) {
        this.module = module;
        this.mainClass = mainClass;
    }

    /** Starts it in that folder, whose files {@code <log>.out} and {@code <log>.err} take what it prints. */
    RunningProgram start(Path folder, String log, List<String> arguments) throws IOException {
        Path libraries = HOME.resolve(module).resolve("target/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IOException(libraries + " is not there: build it before, with mvn -am verify");
        }
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", SMALL_HEAP, "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + classArchive(),
                "-Xlog:disable", "-cp", libraries + "/*", mainClass));
        words.addAll(arguments);
        Path output = folder.resolve(log + ".out");
        Path errors = folder.resolve(log + ".err");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SWARMDEX_"));
        return new RunningProgram(builder.start(), output, errors);
    }

    /**
     * Where the first process that ends in order leaves its classes, for the next ones to start in half the time. Each
     * fork of the tests has its own, so that no process reads what another is writing.
     */
    private Path classArchive() {
        return HOME.resolve("peer-host/it/target/" + name() + System.getProperty("fork", "1") + ".jsa");
    }
}
