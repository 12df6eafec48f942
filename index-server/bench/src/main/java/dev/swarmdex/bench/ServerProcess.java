package dev.swarmdex.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An index server in a process of its own, as users run it. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("listens on udp://127.0.0.1:(\\d+)");

    private static final Pattern PAGE = Pattern.compile("page, API and metrics are at (http\\S+)");

    /** The options of the launcher, on Linux, and a bound that a small machine might have. */
    static final List<String> AS_SHIPPED = List.of("-Xmx2g", "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders", "-XX:+UseTransparentHugePages", "-XX:ThreadPriorityPolicy=1",
            "-XX:CompilerThreadPriority=5", "-XX:-PrintWarnings", "-XX:MaxTenuringThreshold=2");

    private final Process process;
    private final InetSocketAddress address;
    private final URI page;

    private ServerProcess(Process process, InetSocketAddress address, URI page) {
        this.process = process;
        this.address = address;
        this.page = page;
    }

    /** Starts a server without limits on that store and waits until it listens. Its log goes to a file in the folder. */
    static ServerProcess start(Path folder, List<String> javaOptions, List<String> settings) throws IOException {
        return start(folder, List.of(), """
                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"
                """, javaOptions, settings);
    }

    /** The same with another front-end, as the argument of another program. */
    static ServerProcess start(Path folder, List<String> launcher, String frontEnd, List<String> javaOptions,
            List<String> settings) throws IOException {
        Path config = folder.resolve("index-server.toml");
        Files.writeString(config, frontEnd + """
                [http]
                bind = ""
                [limits]
                requests-per-second = 0
                registrations-per-peer = 0
                [log]
                file = ""
                """);
        List<String> command = new ArrayList<>(launcher);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(javaOptions);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ServerUnderTest.class.getName(), "run", "-c",
                        config.toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log = process.inputReader();
        StringBuilder seen = new StringBuilder();
        URI page = URI.create("http://127.0.0.1/");
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            seen.append(line).append('\n');
            Matcher shows = PAGE.matcher(line);
            page = shows.find() ? URI.create(shows.group(1)) : page;
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                Thread.ofVirtual().start(() -> keep(log, folder.resolve("server.log")));
                return new ServerProcess(process, new InetSocketAddress(InetAddress.getLoopbackAddress(),
                        Integer.parseInt(listens.group(1))), page);
            }
        }
        throw new IOException("the server did not start: " + seen);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Where its page is, if the settings ask for one. */
    URI page() {
        return page;
    }

    long pid() {
        return process.pid();
    }

    /** Kills it as {@code kill -9} does, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it in order. */
    @Override
    public void close() {
        // by its handle: the process itself would close its streams too, and with them the log before its end
        process.toHandle().destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void keep(BufferedReader log, Path file) {
        try (var writer = Files.newBufferedWriter(file)) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                writer.write(line + "\n");
            }
        } catch (IOException e) {
            System.err.println("the server's log ends: " + e.getMessage());
        }
    }
}
