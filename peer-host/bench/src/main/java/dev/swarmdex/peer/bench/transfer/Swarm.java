package dev.swarmdex.peer.bench.transfer;

import dev.swarmdex.peer.host.control.ControlClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An index server and hosts on this machine, each in a process of its own, started by the launcher as a user would. */
final class Swarm {

    private static final Path HOME = Path.of(System.getProperty("swarmdex.home", ".")).toAbsolutePath().normalize();
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Programs programs;
    private final String index;

    /** A host; what it downloads goes to {@code NAME/downloads}, and it shares {@code NAME/shared}. */
    record Host(String name, Path folder, Process process) {

        Path state() {
            return folder.resolve("state");
        }

        Path config() {
            return folder.resolve("peer.toml");
        }

        Path shared() {
            return folder.resolve("shared");
        }

        /** Asks the running host for something without a process for the command. */
        JsonNode ask(String operation, Map<String, String> arguments, Consumer<JsonNode> events)
                throws IOException, InterruptedException {
            ControlClient client = ControlClient.find(folder.resolve("state"))
                    .orElseThrow(() -> new IOException(name + " does not run any more"));
            return client.execute(operation, JsonMapper.shared().valueToTree(arguments), events);
        }

        Path downloads() {
            return folder.resolve("downloads");
        }
    }

    private Swarm(Path folder, Programs programs, String index) {
        this.folder = folder;
        this.programs = programs;
        this.index = index;
    }

    /** Starts an index server in that folder. */
    static Swarm start(Path folder, Programs programs) throws IOException, InterruptedException {
        return start(folder, programs, Machine.THIS);
    }

    /** Starts an index server on that machine. */
    static Swarm start(Path folder, Programs programs, Machine machine) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("index-server.toml"), """
                [store]
                url = "jdbc:h2:file:%s/data/index"
                [[frontend]]
                protocol = "native"
                bind = "%s:0"
                [console]
                bind = "127.0.0.1:0"
                [log]
                file = ""
                """.formatted(folder, machine.address()));
        Programs.Running index = programs.start("index.log",
                machine.command(launcher("index", "run", "-c", config.toString())));
        return new Swarm(folder, programs, index.await("front-end listens on (udp://[0-9.]+:\\d+)").group(1));
    }

    private static List<String> launcher(String... words) {
        return Stream.concat(Stream.of(HOME.resolve("swarmdex").toString()), Stream.of(words)).toList();
    }

    /**
     * Makes a host's folders; it does not run yet.
     *
     * @param more lines of its config
     */
    Path prepare(String name, String more) throws IOException {
        return prepare(name, more, Machine.THIS);
    }

    /** As the other, on that machine. */
    Path prepare(String name, String more, Machine machine) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(own.resolve("shared"));
        Path plugins = Files.createDirectories(own.resolve("plugins"));
        try (Stream<Path> jars = Files.list(HOME.resolve("plugins"))) {
            for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, plugins.resolve(jar.getFileName()));
            }
        }
        Files.writeString(own.resolve("peer.toml"), """
                name = "%1$s"
                state-dir = "%2$s/state"
                download-dir = "%2$s/downloads"
                plugins-dir = "%2$s/plugins"
                share = ["%2$s/shared"]
                [discovery]
                index = ["%3$s"]
                [[transport]]
                scheme = "tcp"
                bind = "%4$s:0"
                [log]
                file = ""
                %5$s
                """.formatted(name, own, index, machine.address(), more));
        return own;
    }

    /** Runs a host whose folders are there. */
    Host run(String name) throws IOException, InterruptedException {
        return run(name, "", Machine.THIS);
    }

    /** Runs a host in a JVM with these options. */
    Host run(String name, String javaOptions) throws IOException, InterruptedException {
        return run(name, javaOptions, Machine.THIS);
    }

    /** Runs a host on that machine. */
    Host run(String name, Machine machine) throws IOException, InterruptedException {
        return run(name, "", machine);
    }

    private Host run(String name, String javaOptions, Machine machine) throws IOException, InterruptedException {
        Path own = folder.resolve(name);
        Programs.Running host = programs.start(name + ".log",
                machine.command(launcher("peer", "run", "-c", own.resolve("peer.toml").toString())),
                Map.of("SWARMDEX_JVM", javaOptions));
        host.await("peer " + name + " is up");
        return new Host(name, own, host.process());
    }

    /** Runs a command of that host and returns what it printed. */
    String command(Host host, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(launcher("peer"));
        all.addAll(List.of(words));
        all.addAll(List.of("-c", host.config().toString()));
        return programs.run(all);
    }

    /** Waits until the index lists a content with so many peers. */
    void awaitOffered(Host asking, String content, int peers) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (offering(asking, content) != peers) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain for " + peers + " peers to offer " + content);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static long offering(Host asking, String content) throws IOException, InterruptedException {
        return asking.ask("search", Map.of("words", content), _ -> {}).valueStream()
                .filter(each -> each.path("name").asString("").equals(content))
                .mapToLong(each -> each.path("peers").size()).sum();
    }
}
