package dev.swarmdex.peer.host.command;

import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.ConfigReader;
import dev.swarmdex.config.Logging;
import dev.swarmdex.peer.host.assembly.HostConfig;
import dev.swarmdex.peer.host.assembly.PeerHost;
import dev.swarmdex.peer.host.control.ControlServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The short life of two peer hosts that find each other by a hosts file: one shares a film and a folder, the other gets them,
 * and so does a command without a host. While it runs the launcher has the JVM record which classes that takes, and how they
 * are used, for a cache with which commands and hosts start, and get up to speed, sooner.
 */
public final class Rehearsal {

    private static final int FILM_SIZE = 32 << 20;
    private static final int FILES = 300;
    private static final int FILE_SIZE = 32 << 10;
    private static final int FILES_A_FOLDER = 50;

    private final Path folder;
    private final Path plugins;
    private final Path hosts;

    private Rehearsal(Path folder, Path plugins) {
        this.folder = folder;
        this.plugins = plugins;
        this.hosts = folder.resolve("hosts.txt");
    }

    /**
     * Rehearses with the plugins of the folder that is the only argument, in a folder and on ports of its own, of
     * which nothing is left afterwards.
     *
     * @throws IOException when anything of it fails
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, ConfigException {
        Path folder = Files.createTempDirectory("swarmdex-rehearsal");
        try {
            new Rehearsal(folder, Path.of(arguments[0]).toAbsolutePath()).run();
        } finally {
            remove(folder);
        }
    }

    private void run() throws IOException, InterruptedException, ConfigException {
        int port = freePort();
        Files.writeString(hosts, "tcp://127.0.0.1:" + port + "\n");
        Path alice = configure("alice", port);
        Path bob = configure("bob", 0);
        Path film = folder.resolve("film.mkv");
        Path photos = folder.resolve("photos");
        invent(film, photos);
        Logging.start(read(alice).log(), alice);
        try (PeerHost _ = PeerHost.start(read(alice))) {
            command(alice, "share", film.toString(), photos.toString());
            try (PeerHost _ = PeerHost.start(read(bob))) {
                command(bob, "get", "film.mkv");
                command(bob, "get", "photos.folder");
                command(bob, "status");
            }
            command(configure("carol", 0), "get", "film.mkv");
        }
        askAnIndex(configure("dora", 0));
    }

    /** What needs an index is answered with something invented. */
    private static void askAnIndex(Path config) throws IOException, InterruptedException, ConfigException {
        try (ControlServer host = ControlServer.bind(Files.createDirectories(read(config).stateDir()))) {
            host.serve(Rehearsal::answer);
            command(config, "list");
            command(config, "list", "--json");
            command(config, "search", "film");
        }
    }

    private static JsonNode answer(String operation, JsonNode arguments, Consumer<JsonNode> events) {
        return JsonMapper.shared().readTree(
                """
                        [{"name": "film.mkv", "id": "sha256-tree:00", "size": 2000000,
                          "peers": [{"peer": "alice", "endpoint": "tcp://127.0.0.1:7118", "since": "2026-01-01T00:00:00Z"}]}]""");
    }

    private static void command(Path config, String... words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("-c", config.toString()));
        // as on a terminal, for the progress bar
        Output output = new Output(System.out, System.err, true);
        if (CommandLine.run(arguments.toArray(String[]::new), output) != 0) {
            throw new IOException("failed: " + String.join(" ", arguments));
        }
    }

    private Path configure(String name, int port) throws IOException {
        return Files.writeString(folder.resolve(name + ".toml"), """
                name = "%1$s"
                state-dir = "%2$s/%1$s/state"
                download-dir = "%2$s/%1$s/downloads"
                plugins-dir = "%3$s"

                [discovery]
                index = []
                hosts-file = "%4$s"

                [[transport]]
                scheme = "tcp"
                bind = "127.0.0.1:%5$d"

                [log]
                file = ""
                """.formatted(name, folder, plugins, hosts, port));
    }

    private static HostConfig read(Path config) throws ConfigException {
        return ConfigReader.read(HostConfig.class, config, List.of(), Map.of()).config();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void invent(Path film, Path photos) throws IOException {
        Random bytes = new Random(1);
        write(film, FILM_SIZE, bytes);
        for (int number = 0; number < FILES; number++) {
            Path album = Files.createDirectories(photos.resolve("album " + number / FILES_A_FOLDER));
            write(album.resolve(number + ".jpg"), FILE_SIZE, bytes);
        }
    }

    private static void write(Path file, int size, Random bytes) throws IOException {
        byte[] content = new byte[size];
        bytes.nextBytes(content);
        Files.write(file, content);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
