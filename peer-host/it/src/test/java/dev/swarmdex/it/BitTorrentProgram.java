package dev.swarmdex.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** A running program of BitTorrent, as Debian has it; it talks to nobody but the tracker and the peers that that names. */
record BitTorrentProgram(Process process, Path log) implements AutoCloseable {

    private static final int LONGEST_END_SECONDS = 30;

    /** Makes the .torrent file of a file in that folder, for one tracker and no other way to find peers. */
    static Path makeTorrent(Path file, String tracker, Path folder) throws IOException, InterruptedException {
        Path torrent = folder.resolve("made.torrent");
        BitTorrentProgram program = start(folder, "transmission-create",
                List.of("-p", "-t", tracker, "-o", torrent.toString(), file.toString()));
        program.awaitEnd();
        return torrent;
    }

    /**
     * aria2 takes part with the files of that folder, verified first, until it is closed or {@code more} ends it. Each has a
     * loopback address of its own: Transmission takes all that come from one address for one peer.
     */
    static BitTorrentProgram aria2(String address, Path folder, Path torrent, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--no-conf=true", "--dir=" + folder, "--check-integrity=true",
                "--listen-port=" + freePort(), "--interface=" + address,
                // without the DHT it has no UDP trackers; it has no entry to it, and the torrent is private
                "--enable-dht=true", "--enable-dht6=false", "--dht-listen-port=" + freePort(),
                "--dht-file-path=" + folder.resolve("dht.dat"), "--bt-enable-lpd=false", "--file-allocation=none",
                "--summary-interval=0"));
        options.addAll(List.of(more));
        options.add(torrent.toString());
        return start(folder, "aria2c", options);
    }

    /** Transmission takes part with the files of that folder until it is closed. */
    static BitTorrentProgram transmission(Path folder, Path torrent) throws IOException {
        Path config = Files.createDirectories(folder.resolve("transmission"));
        Files.writeString(config.resolve("settings.json"),
                """
                        {"bind-address-ipv4": "127.0.0.1", "bind-address-ipv6": "::1", "dht-enabled": false, "lpd-enabled": false,
                         "pex-enabled": false, "utp-enabled": false, "port-forwarding-enabled": false, "rpc-enabled": false,
                         "trash-original-torrent-files": false}
                        """);
        return start(folder, "transmission-cli",
                List.of("-g", config.toString(), "-w", folder.toString(), "-p", freePort(), "-M",
                        torrent.toString()));
    }

    /** Waits until it has ended well. */
    void awaitEnd() throws InterruptedException {
        boolean ended = process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        assertThat(ended && process.exitValue() == 0).as(this::told).isTrue();
    }

    /** What it has printed. */
    String told() {
        try {
            return log.getFileName() + ":\n" + Files.readString(log);
        } catch (IOException e) {
            return "nothing, " + e;
        }
    }

    /** SIGKILL: it can tell the tracker nothing. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static BitTorrentProgram start(Path folder, String name, List<String> arguments) throws IOException {
        if (Stream.of(System.getenv("PATH").split(":")).noneMatch(at -> Files.isExecutable(Path.of(at, name)))) {
            fail(name + " is missing: apt-get install -y aria2 transmission-cli");
        }
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        Path log = folder.resolve(name + ".log");
        return new BitTorrentProgram(new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start(), log);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
