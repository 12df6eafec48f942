package dev.swarmdex.server;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server as a process of its own, ended the way that processes are ended. */
@Timeout(120)
class ProcessTest {

    private static final Pattern LISTENS = Pattern.compile("listens on udp://127.0.0.1:(\\d+)");
    private static final Pattern PAGE = Pattern.compile("page, API and metrics are at (http\\S+)");
    private static final Content FILM = new Content("film.mkv", Optional.empty(), 5);

    @TempDir
    Path folder;

    private record Server(Process process, InetSocketAddress address, URI page) implements AutoCloseable {

        String get(String path) throws Exception {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(HttpRequest.newBuilder(page.resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString()).body();
            }
        }

        void hangUp() throws Exception {
            assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor()).isZero();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Server start() throws Exception {
        return start(Map.of());
    }

    private Server start(Map<String, String> environment) throws Exception {
        ProcessBuilder program = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Main.class.getName(), "run", "-c",
                RunningServer.config(folder).toString(), "--set", "store.durability=fsync", "--set",
                "http.bind=127.0.0.1:0").redirectErrorStream(true);
        program.environment().putAll(environment);
        Process process = program.start();
        BufferedReader log = process.inputReader();
        StringBuilder seen = new StringBuilder();
        URI page = URI.create("http://127.0.0.1/");
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher at = PAGE.matcher(line);
            page = at.find() ? URI.create(at.group(1)) : page;
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
                return new Server(process, new InetSocketAddress(loopback, Integer.parseInt(listens.group(1))), page);
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
    void systemd_is_told_when_the_server_serves_if_it_wants_to_know() throws Exception {
        Path told = folder.resolve("told");
        Path notify = Files.writeString(folder.resolve("systemd-notify"),
                "#!/bin/sh\necho \"$NOTIFY_SOCKET $*\" > " + told);
        assertThat(notify.toFile().setExecutable(true)).isTrue();
        try (Server _ = start(Map.of("NOTIFY_SOCKET", "/run/notify", "PATH", folder + ":" + System.getenv("PATH")))) {
            await().untilAsserted(() -> assertThat(told).exists().content().isEqualTo("/run/notify --ready\n"));
        }
    }

    @Test
    void a_termination_signal_ends_it_in_order_and_whatever_it_answers_meanwhile_is_committed() throws Exception {
        Map<Integer, Content> sent = new HashMap<>();
        Set<Content> answered = new HashSet<>();
        try (Server server = start(); NativeClient alice = new NativeClient(server.address())) {
            alice.share("alice", FILM);
            for (int i = 0; i < 2_000; i++) {
                Content content = new Content("file " + i, Optional.empty(), i);
                sent.put(alice.beginRegistration("alice", content), content);
                if (i == 1_000) {
                    server.process().destroy(); // SIGTERM
                }
            }
            for (Optional<ReplyPacket> reply = alice.next(); server.process().isAlive()
                    || reply.isPresent(); reply = alice
                            .next()) {
                reply.filter(packet -> packet.reply() instanceof Reply.Done)
                        .ifPresent(packet -> answered.add(sent.get(packet.requestId())));
            }
            assertThat(server.process().waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("logs/server.log")))
                    .containsPattern("index server stopped in \\d{1,4} ms");
        }
        assertThat(answered).isNotEmpty();
        try (Server again = start(); NativeClient bob = new NativeClient(again.address())) {
            bob.hello();
            for (Content content : answered) {
                assertThat(bob.search(content.name()).listings()).as(content.name()).hasSize(1);
            }
        }
    }

    @Test
    void operators_see_what_it_does_and_a_hang_up_signal_puts_new_limits_into_force_and_loses_nothing()
            throws Exception {
        Path log = folder.resolve("logs/server.log");
        try (Server server = start(); NativeClient alice = new NativeClient(server.address())) {
            await().until(() -> server.get("/readyz").equals("ready\n"));
            alice.share("alice", FILM);
            assertThat(server.get("/metrics")).contains("swarmdex_mappings 1.0");
            assertThat(server.get("/api/v1/contents")).contains("\"film.mkv\"");
            assertThat(server.get("/")).contains("<title>Swarmdex index</title>");
            Path config = RunningServer.config(folder);
            String before = Files.readString(config);
            Files.writeString(config, before + "level = \"debug\"\n[limits]\nregistrations-per-peer = 1\n");
            server.hangUp();
            await().until(() -> Files.readString(log).contains("the config was read again"));
            assertThat(alice.register("alice", new Content("more", Optional.empty(), 1)).toString())
                    .contains("this index takes 1 from one peer");
            assertThat(Files.readString(log)).contains("DEBUG");

            Files.writeString(config, before + "[limits]\nregistrations-per-peer = \"many\"\n");
            server.hangUp();
            await().until(() -> Files.readString(log).contains("the config is wrong, and all stays as it was: "));
            assertThat(alice.register("alice", new Content("more", Optional.empty(), 1)).toString())
                    .contains("this index takes 1 from one peer");
            assertThat(findsFilm(server)).isEqualTo(1);
            assertThat(server.process().isAlive()).isTrue();
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
