package dev.swarmdex.it;

import dev.swarmdex.peer.host.command.CommandLine;
import dev.swarmdex.peer.host.command.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * A peer with its folders, its config and its plugin jars, whether its host runs or not. Its port is a free one at
 * first, and stays what it was then.
 */
final class Peer {

    private final Swarm swarm;
    private final String name;
    private final Path folder;
    private int port;
    private @Nullable RunningProgram running;

    Peer(Swarm swarm, String name, Path folder) throws IOException {
        this.swarm = swarm;
        this.name = name;
        this.folder = folder;
        Files.createDirectories(shared());
        copyPlugins();
        Files.writeString(config(), """
                name = "%1$s"
                state-dir = "%2$s/state"
                download-dir = "%2$s/downloads"
                plugins-dir = "%2$s/plugins"
                share = ["%2$s/shared"]

                [discovery]
                index = ["%3$s"]

                [[transport]]
                scheme = "tcp"
                bind = "127.0.0.1:0"

                [log]
                file = ""
                """.formatted(name, folder, swarm.index().address()));
    }

    private void copyPlugins() throws IOException {
        Files.createDirectories(plugins());
        try (Stream<Path> files = Files.list(Program.HOME.resolve("plugins"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, plugins().resolve(jar.getFileName()));
            }
        }
    }

    /** Removes a plugin's jar, whatever its version, and tells where it was. */
    Path removeJar(String plugin) throws IOException {
        try (Stream<Path> files = Files.list(plugins())) {
            Path jar = files.filter(file -> file.getFileName().toString().startsWith(plugin + "-")).findFirst()
                    .orElseThrow();
            Files.delete(jar);
            return jar;
        }
    }

    /** How many plugin jars it has. */
    int jars() throws IOException {
        try (Stream<Path> files = Files.list(plugins())) {
            return (int) files.filter(file -> file.toString().endsWith(".jar")).count();
        }
    }

    /** Replaces the index by these known hosts. */
    Peer knowing(String... hosts) throws IOException {
        Path file = Files.write(folder.resolve("hosts.txt"), List.of(hosts));
        String text = Files.readString(config());
        Files.writeString(config(),
                text.replaceFirst("(?m)^index = .*$", "index = []\nhosts-file = \"" + file + "\""));
        return this;
    }

    /** Serves by that transport too, at a free port. */
    Peer serving(String scheme) throws IOException {
        Files.writeString(config(), "\n[[transport]]\nscheme = \"%s\"\nbind = \"127.0.0.1:0\"\n".formatted(scheme),
                StandardOpenOption.APPEND);
        return this;
    }

    /** Where the running host's transport of that scheme listens. */
    int port(String scheme) {
        return Integer.parseInt(
                process().awaitLog("listens on " + scheme + "://127\\.0\\.0\\.1:(\\d+)").group(1));
    }

    Path config() {
        return folder.resolve("peer.toml");
    }

    Path shared() {
        return folder.resolve("shared");
    }

    Path downloads() {
        return folder.resolve("downloads");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path plugins() {
        return folder.resolve("plugins");
    }

    /** Where the host's tcp transport listens. */
    int port() {
        return port;
    }

    /** Runs the host, and waits until it is up. */
    Peer start(String... settings) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("run", "-c", config().toString(), "--set", "transport.tcp.bind=127.0.0.1:" + port));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        running = swarm.start(Program.PEER, folder, words);
        running.awaitLog("peer " + name + " is up");
        port = Integer.parseInt(running.awaitLog("listens on tcp://127\\.0\\.0\\.1:(\\d+)").group(1));
        return this;
    }

    /** The host's process. */
    RunningProgram process() {
        if (running == null) {
            throw new IllegalStateException("the host of " + name + " was not started");
        }
        return running;
    }

    /** Starts a {@code peer} command as a process. */
    RunningProgram begin(String... words) throws IOException {
        return swarm.start(Program.PEER, folder, withConfig(words));
    }

    /** Runs a {@code peer} command in this process, which is faster than one of its own. */
    Answer command(String... words) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Output output = new Output(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), false);
        int exitCode = CommandLine.run(withConfig(words).toArray(String[]::new), output);
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> withConfig(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-c", config().toString()));
        return all;
    }

    /** What the index lists, as this peer sees it. */
    JsonNode list() throws InterruptedException {
        return command("list", "--json").json();
    }

    /** Waits until the index lists that content with exactly these peers, and returns it. */
    JsonNode awaitListed(String content, String... peers) {
        return await(content + " at " + List.of(peers))
                .until(this::list, list -> offerers(list, content).equals(List.of(peers).stream().sorted().toList()))
                .valueStream().filter(each -> each.path("name").asString().equals(content)).findFirst()
                .orElseThrow();
    }

    /** Waits until the index lists that content no more. */
    void awaitUnlisted(String content) {
        await(content + " to be gone").until(this::list, list -> offerers(list, content).isEmpty());
    }

    private static List<String> offerers(JsonNode list, String content) {
        return list.valueStream().filter(each -> each.path("name").asString().equals(content))
                .flatMap(each -> each.path("peers").valueStream()).map(at -> at.path("peer").asString()).sorted()
                .toList();
    }
}
