package dev.swarmdex.peer.host.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job on one machine: an index server and three peers, as separate processes that talk over loopback. One shares
 * a file, another gets it, the index server is killed and started again, and a third gets the file from both.
 */
final class Demo implements AutoCloseable {

    private static final long SMALL = 16 << 20;
    private static final List<String> PEERS = List.of("alice", "bob", "carol");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path home;
    private final Path file;
    private final Path folder;
    private final Programs programs;
    private final int indexPort;

    /** A demo with that file, in a fresh temporary folder. */
    Demo(Path home, Path file) throws IOException {
        this.home = home;
        this.file = file;
        this.folder = Files.createTempDirectory("swarmdex-demo");
        this.programs = new Programs(home.resolve("swarmdex"), folder);
        this.indexPort = freeUdpPort();
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void run() throws IOException, InterruptedException, DemoException {
        prepare();
        String name = file.getFileName().toString();

        step("An index server on its embedded database, and three peers; alice shares %s (%,d bytes)".formatted(name,
                Files.size(file)));
        Process index = startIndex();
        for (String peer : PEERS) {
            programs.start(peer + ".log", "peer", "run", "-c", config(peer));
        }
        String id = awaitOffer(name, "alice").path("id").asString("");
        programs.show("peer", "list", "-c", config("bob"));

        step("bob downloads it from alice");
        programs.show("peer", "get", name, "-c", config("bob"));
        verify("bob", name, id);
        awaitOffer(name, "bob");

        step("The index server is killed (SIGKILL) and started again; nobody registers anything anew");
        index.destroyForcibly().waitFor();
        startIndex();
        awaitOffer(name, "bob");
        programs.show("peer", "list", "-c", config("carol"));

        step("carol downloads it from alice and bob at once");
        programs.show("peer", "get", name, "-c", config("carol"));
        verify("carol", name, id);
        awaitReport("carol");

        step("The index's history, from SQL");
        programs.show("index", "sql", "-c", "index-server.toml", "SELECT content, peer, scheme, port,"
                + " CAST(since AS TIME(0)) AS since, until, ended_by FROM mapping_history ORDER BY since, peer");
        programs.show("index", "sql", "-c", "index-server.toml",
                "SELECT peer, source, bytes, seconds, result FROM download_history ORDER BY finished_at, source");
        System.out.println("\nDone: both downloads have the content id " + id + ".");
    }

    private static void step(String what) {
        System.out.println("\n— " + what);
    }

    private Process startIndex() throws IOException {
        return programs.start("index.log", "index", "run", "-c", "index-server.toml");
    }

    private static String config(String peer) {
        return peer + ".toml";
    }

    private void prepare() throws IOException {
        Files.writeString(folder.resolve("index-server.toml"), """
                [store]
                url = "jdbc:h2:file:./data/index"

                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:%d"

                [http]
                bind = ""

                [console]
                bind = "127.0.0.1:0"
                """.formatted(indexPort));
        for (String peer : PEERS) {
            Path own = Files.createDirectories(folder.resolve(peer));
            Files.createDirectories(own.resolve("shared"));
            copyPlugins(Files.createDirectories(own.resolve("plugins")));
            Files.writeString(folder.resolve(config(peer)), """
                    name = "%1$s"
                    state-dir = "./%1$s/state"
                    download-dir = "./%1$s/downloads"
                    plugins-dir = "./%1$s/plugins"
                    share = ["./%1$s/shared"]

                    [discovery]
                    index = ["udp://127.0.0.1:%2$d"]

                    [[transport]]
                    scheme = "tcp"
                    bind = "127.0.0.1:0"
                    """.formatted(peer, indexPort));
        }
        Files.copy(file, folder.resolve("alice/shared").resolve(file.getFileName()));
    }

    private void copyPlugins(Path target) throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve("plugins"))) {
            for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, target.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Waits until the index lists the content with that peer among its sources. */
    private JsonNode awaitOffer(String name, String peer) throws IOException, InterruptedException, DemoException {
        JsonNode contents = await("the index to list " + name + " from " + peer,
                () -> json(programs.ask("peer", "list", "--json", "-c", config(peer))),
                list -> list.valueStream().anyMatch(content -> offers(content, name, peer)));
        return contents.valueStream().filter(content -> offers(content, name, peer)).findFirst().orElseThrow();
    }

    private static boolean offers(JsonNode content, String name, String peer) {
        return content.path("name").asString("").equals(name)
                && content.path("peers").valueStream().anyMatch(at -> at.path("peer").asString("").equals(peer));
    }

    /** A small file may have come from one of them before the other was asked. */
    private void awaitReport(String peer) throws IOException, InterruptedException, DemoException {
        int sources = Files.size(file) < SMALL ? 1 : 2;
        await(peer + " to have reported a download" + (sources == 2 ? " from both others" : ""),
                () -> json(programs.ask("index", "sql", "--json",
                        "-c", "index-server.toml", "SELECT source FROM download_history WHERE peer = '" + peer
                                + "' AND result = 'finished' AND bytes > 0")),
                rows -> rows.size() >= sources);
    }

    private static JsonNode json(String text) {
        return text.isEmpty() ? JsonMapper.shared().createArrayNode() : JsonMapper.shared().readTree(text);
    }

    private static JsonNode await(String what, Question question, Predicate<JsonNode> answer)
            throws IOException, InterruptedException, DemoException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode current = question.ask();
            if (answer.test(current)) {
                return current;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new DemoException("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
    }

    /** A command whose answer is waited for. */
    private interface Question {

        JsonNode ask() throws IOException, InterruptedException, DemoException;
    }

    /** The command has verified the content id; that it is alice's, and the bytes too, is checked here once more. */
    private void verify(String peer, String name, String id) throws IOException, InterruptedException, DemoException {
        JsonNode shares = json(programs.ask("peer", "status", "--json", "-c", config(peer))).path("shares");
        boolean sameId = shares.valueStream().anyMatch(share -> share.path("id").asString("").equals(id));
        boolean sameBytes = Files.mismatch(file, folder.resolve(peer).resolve("downloads").resolve(name)) == -1;
        if (!sameId || !sameBytes) {
            throw new DemoException(peer + "'s download is not the file that alice shares");
        }
    }

    /** Shows the ends of the programs' logs: what a person would look at after a failure. */
    void showLogs() {
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(path -> path.toString().endsWith(".log")).sorted().toList()) {
                List<String> lines = Files.readAllLines(log);
                System.err.println("— " + log.getFileName());
                lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.err::println);
            }
        } catch (IOException gone) {
            System.err.println("the logs can't be read: " + gone.getMessage());
        }
    }

    /** Stops all programs and removes the folder. */
    @Override
    public void close() throws IOException {
        programs.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }
}
