package dev.swarmdex.server;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The server as a process of its own, ended the way that processes are ended. */
@Timeout(60)
class ProcessTest {

    private static final Pattern LISTENS = Pattern.compile("listens on udp://127.0.0.1:(\\d+)");
    private static final Content FILM = new Content("film.mkv", Optional.empty(), 5);

    @TempDir
    Path folder;

    private record Server(Process process, InetSocketAddress address) implements AutoCloseable {

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Server start() throws Exception {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "run", "-c",
                RunningServer.config(folder).toString(), "--set", "store.durability=fsync").redirectErrorStream(true)
                .start();
        BufferedReader log = process.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
                return new Server(process, new InetSocketAddress(loopback, Integer.parseInt(listens.group(1))));
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("the server did not start: " + seen);
    }

    private static int findsFilm(Server server) throws Exception {
        try (NativeClient client = new NativeClient(server.address())) {
            client.hello();
            return client.search(FILM.name()).listings().size();
        }
    }

    @Test
    void a_termination_signal_ends_it_in_order_within_five_seconds() throws Exception {
        try (Server server = start(); NativeClient alice = new NativeClient(server.address())) {
            alice.share("alice", FILM);
            server.process().destroy(); // SIGTERM
            assertThat(server.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("logs/server.log"))).contains("index server stopped in ");
        }
        try (Server again = start()) {
            assertThat(findsFilm(again)).isEqualTo(1);
        }
    }

    @Test
    void what_was_answered_survives_a_kill() throws Exception {
        try (Server server = start(); NativeClient alice = new NativeClient(server.address())) {
            alice.share("alice", FILM);
            server.process().destroyForcibly().waitFor();
        }
        try (Server again = start(); NativeClient alice = new NativeClient(again.address())) {
            assertThat(findsFilm(again)).isEqualTo(1);
            alice.hello();
            assertThat(alice.keepAlive("alice", FILM).toString()).contains("confirmed=true");
        }
    }
}
