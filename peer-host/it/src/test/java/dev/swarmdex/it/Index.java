package dev.swarmdex.it;

import dev.swarmdex.server.Main;
import dev.swarmdex.server.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An index server with its config and its database. Its port is a free one at first, and stays what it was then. */
final class Index {

    private static final int DISCARD = 9;

    private final Swarm swarm;
    private final Path folder;
    private final Path config;
    private final List<String> overrides = new ArrayList<>();
    private int port;
    private @Nullable RunningProgram running;

    Index(Swarm swarm, Path folder) throws IOException {
        this.swarm = swarm;
        this.folder = folder;
        this.config = Files.writeString(folder.resolve("index-server.toml"), """
                [store]
                url = "jdbc:h2:file:%1$s/data/index"
                durability = "process"

                [[frontend]]
                protocol = "native"
                bind = "127.0.0.1:0"

                [http]
                bind = ""

                [console]
                bind = "127.0.0.1:0"

                [log]
                file = "%1$s/logs/index-server.log"
                """.formatted(folder));
    }

    /** Keeps the index in that PostgreSQL database from now on. */
    Index on(String url, String user) {
        for (String setting : List.of("store.url=" + url, "store.user=" + user, "store.durability=fsync")) {
            overrides.addAll(List.of("--set", setting));
        }
        return this;
    }

    /** Runs the server, and waits until it listens. */
    Index start(String... settings) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("run", "-c", config.toString(), "--set", "frontend.native.bind=127.0.0.1:" + port));
        words.addAll(overrides);
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        running = swarm.start(Program.INDEX, folder, words);
        port = Integer.parseInt(running.awaitLog("native front-end listens on udp://127\\.0\\.0\\.1:(\\d+)").group(1));
        return this;
    }

    /** Where that front-end listens, which a setting has asked for. */
    int port(String protocol) {
        return Integer.parseInt(process()
                .awaitLog(protocol + " front-end listens on (?:udp|tcp)://127\\.0\\.0\\.1:(\\d+)").group(1));
    }

    /** The address that the configs of peers name; one where nobody listens if the server was never started. */
    String address() {
        return "udp://127.0.0.1:" + (port == 0 ? DISCARD : port);
    }

    /** The server's process. */
    RunningProgram process() {
        if (running == null) {
            throw new IllegalStateException("the index server was not started");
        }
        return running;
    }

    /** Runs a second server on the same database, which is bound to fail. */
    Answer runAnother() throws IOException, InterruptedException {
        return swarm.start(Program.INDEX, folder, List.of("run", "-c", config.toString())).awaitEnd();
    }

    /** Runs an {@code index} command as a process. */
    Answer command(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-c", config.toString()));
        return swarm.start(Program.INDEX, folder, all).awaitEnd();
    }

    /** The rows of a query; runs {@code index sql} in this process, which is faster than one of its own. */
    JsonNode sql(String query) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(), false);
        List<String> words = new ArrayList<>(List.of("sql", "--json", "-c", config.toString(), query));
        words.addAll(overrides);
        int exitCode = new Main(surroundings).execute(words.toArray(String[]::new));
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)).json();
    }

    /** All that the peer has ever offered, in the order of time. */
    JsonNode historyOf(String peer) {
        return sql("SELECT * FROM mapping_history WHERE peer = '" + peer + "' ORDER BY since, content");
    }
}
