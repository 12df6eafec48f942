package dev.swarmdex.it;

import dev.swarmdex.it.seed.FixedClient;
import dev.swarmdex.it.seed.KilobyteClient;
import dev.swarmdex.it.seed.KilobyteServer;
import dev.swarmdex.it.seed.KilobyteServer.Position;
import dev.swarmdex.it.seed.LinesClient;
import dev.swarmdex.it.seed.LinesServer;
import dev.swarmdex.it.seed.PduClient;
import dev.swarmdex.it.seed.PduForm;
import dev.swarmdex.it.seed.RefusedException;
import dev.swarmdex.it.seed.SessionClient;
import dev.swarmdex.it.seed.SessionServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.io.OutputStream.nullOutputStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A host that serves by every transport, and what clients of the seeds do to it, or it does with their servers. */
class SeedConformanceHostIT extends SeedConformance {

    private static final List<String> SCHEMES = List.of("pdu", "fixed", "session", "lines", "kilobyte");
    private static final int MEBIBYTE = 1 << 20;
    private static final byte[] FILM = SampleFiles.bytes(100_000);
    private static final Map<String, String> LONGEST_NAMES = Map.of("pdu", "p".repeat(25), "fixed", "f".repeat(10),
            "session", "s".repeat(255), "lines", "l".repeat(255), "kilobyte", "k".repeat(127));

    private Peer host;
    private Path secret;

    @BeforeAll
    void aHostShares() throws Exception {
        host = swarm().peer("host");
        secret = Files.write(host.shared().resolveSibling("secret"), SampleFiles.bytes(1000));
        Files.write(host.shared().resolve("film"), FILM);
        Files.write(host.shared().resolve("my film"), FILM);
        Files.write(host.shared().resolve("a;b"), FILM);
        Files.createSymbolicLink(host.shared().resolve("link"), secret);
        for (String name : LONGEST_NAMES.values()) {
            Files.write(host.shared().resolve(name), FILM);
        }
        host.start(Stream.concat(SCHEMES.stream().map(scheme -> "transport." + scheme + ".bind=127.0.0.1:0"),
                Stream.of("transport.pdu.form=program")).toArray(String[]::new));
        await().until(() -> index().sql("SELECT DISTINCT content FROM current_mappings WHERE peer = 'host'").size(),
                contents -> contents == 3 + LONGEST_NAMES.size());
    }

    @ParameterizedTest
    @FieldSource("SCHEMES")
    void a_name_as_long_as_its_protocol_can_carry_is_served(String scheme) throws Exception {
        String name = longestName(scheme);
        assertThat(fetch(scheme, name)).startsWith(FILM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdu", "fixed", "kilobyte", "lines"})
    void a_name_with_a_space_is_served(String scheme) throws Exception {
        assertThat(fetch(scheme, "my film")).startsWith(FILM);
    }

    @Test
    void names_that_a_protocol_cannot_carry_are_not_told_to_its_programs() throws Exception {
        try (PduClient pdu = pdu();
                FixedClient fixed = fixed("reader");
                SessionClient session = session();
                LinesClient lines = lines("reader", 6100)) {
            List<String> listed = pdu.listInSteps().get("127.0.0.1;" + host.port("pdu"));
            assertThat(listed).contains("film", "my film", "p".repeat(25), "f".repeat(10)).doesNotContain("a;b", "link")
                    .allSatisfy(name -> assertThat(name.length()).isLessThanOrEqualTo(25));
            assertThat(fixed.search("film")).isEqualTo("S 127.0.0.1 " + host.port("fixed"));
            assertThat(fixed.search("my film")).isEqualTo("S 127.0.0.1 " + host.port("fixed"));
            assertThat(fixed.list()).noneMatch(line -> line.contains("p".repeat(11)));
            assertThat(session.list(names -> names.contains("film"))).contains("a;b").doesNotContain("my film", "my");
            assertThat(session.whoHosts("film")).endsWith("'%d']".formatted(host.port("session")));
            assertThat(lines.listFiles()).contains("host : film", "host : a;b").doesNotContain("host : my film");
            assertThat(lines.activePeers()).contains("host - 127.0.0.1:" + host.port("lines"));
        }
    }

    @ParameterizedTest
    @FieldSource("SCHEMES")
    void a_file_outside_the_shared_folders_is_never_served_whatever_it_is_called(String scheme) throws Exception {
        String absolute = secret.toString();
        for (String name : List.of("../secret", "./../secret", "film/../../secret", "/", ".", "..", "link", "FILM",
                "../peer.toml", "..\\secret", absolute.length() > 100 ? "/etc/passwd" : absolute)) {
            if (scheme.equals("lines")) {
                assertThat(fetch(scheme, name)).as(name).isEmpty();
            } else if (name.length() <= longestName(scheme).length()) {
                assertThatThrownBy(() -> fetch(scheme, name)).as(name).isInstanceOf(RefusedException.class);
            }
        }
        assertThat(fetch(scheme, "film")).startsWith(FILM);
    }

    @Test
    void refusals_are_in_the_seeds_own_words() {
        assertThatThrownBy(() -> fetch("pdu", "nothing")).hasMessage("E,3");
        assertThatThrownBy(() -> fetch("fixed", "nothing")).hasMessageMatching("E .*\\w+.*");
        assertThatThrownBy(() -> fetch("session", "nothing")).hasMessage("ERROR");
        assertThatThrownBy(() -> fetch("kilobyte", "nothing")).hasMessage("no host has nothing");
    }

    @Test
    void a_content_may_be_asked_for_with_a_c_as_in_seed_000s_table() throws Exception {
        assertThat(PduClient.download(local(host.port("pdu")), 'C', "film", PduForm.PROGRAM)).isEqualTo(FILM);
    }

    @ParameterizedTest
    @FieldSource("SCHEMES")
    void a_client_that_vanishes_in_mid_message_or_mid_file_is_nobodys_loss(String scheme) throws Exception {
        for (String beginning : List.of("", "D", "D,film", "film")) {
            try (Socket client = new Socket()) {
                client.setSoLinger(true, 0);
                client.connect(local(host.port(scheme)));
                client.getOutputStream().write(Arrays.copyOf(beginning.getBytes(StandardCharsets.US_ASCII),
                        beginning.isEmpty() ? 0 : beginning.length() + 1));
            }
        }
        assertThat(fetch(scheme, "film")).startsWith(FILM);
    }

    @ParameterizedTest
    @FieldSource("SCHEMES")
    void a_client_that_sends_a_gigabyte_of_nothing_takes_nothing_from_the_others(String scheme) throws Exception {
        try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor(); Socket client = new Socket()) {
            client.connect(local(host.port(scheme)));
            Future<Long> answered = reader.submit(() -> client.getInputStream().transferTo(nullOutputStream()));
            for (int i = 0; i < 64 && !answered.isDone(); i++) {
                client.getOutputStream().write(new byte[MEBIBYTE]);
            }
        } catch (SocketException theHostHasClosed) {
            // as it may
        }
        assertThat(fetch(scheme, "film")).startsWith(FILM);
    }

    @Test
    void a_transfer_whose_md5_is_wrong_is_a_failed_download() throws Exception {
        Peer reader = swarm().peer("reader");
        try (SessionServer liar = new SessionServer(); SessionClient node = session()) {
            liar.put("lie.mkv", FILM);
            liar.lie();
            node.register(liar.port(), "lie.mkv");
            awaitHistoryOf("lie.mkv", "session://127.0.0.1:%d via session, open".formatted(liar.port()));
            Answer got = reader.command("get", "lie.mkv");
            assertThat(got.exitCode()).isEqualTo(1);
            assertThat(got.errors()).containsIgnoringCase("md5");
            assertThat(reader.downloads().resolve("lie.mkv")).doesNotExist();
        }
    }

    @Test
    void an_absolute_path_of_seed_003_is_got_where_the_user_says() throws Exception {
        Peer reader = swarm().peer("path-reader");
        try (LinesServer miniServer = new LinesServer();
                LinesClient pesho = lines("pesho", miniServer.port())) {
            miniServer.put("/home/pesho/song.ogg", FILM);
            pesho.say("register pesho /home/pesho/song.ogg");
            awaitHistoryOf("/home/pesho/song.ogg", "lines://127.0.0.1:%d via lines, open".formatted(miniServer.port()));
            assertThat(reader.command("get", "/home/pesho/song.ogg").complaint(1)).contains("-o");
            Path target = reader.downloads().resolve("song.ogg");
            assertThat(reader.command("get", "/home/pesho/song.ogg", "-o", target.toString()).orFail())
                    .contains("not verified");
            assertThat(target).hasBinaryContent(FILM);
        }
    }

    @Test
    void a_file_arrives_from_the_last_of_the_known_hosts_when_the_others_die_without_any_index() throws Exception {
        byte[] file = SampleFiles.bytes(MEBIBYTE);
        Peer reader = swarm().peer("lonely");
        try (KilobyteServer first = new KilobyteServer(Position.NUMBER);
                KilobyteServer second = new KilobyteServer(Position.OFFSET);
                KilobyteServer last = new KilobyteServer(Position.OFFSET)) {
            for (KilobyteServer each : List.of(first, second, last)) {
                each.put("big file", file);
            }
            first.dieAfter(100);
            second.dieAfter(200);
            Path hosts = Files.writeString(swarm().elsewhere().resolve("three-hosts.txt"), """
                    kilobyte://127.0.0.1:%d  # dies soon
                    kilobyte://127.0.0.1:%d
                    kilobyte://127.0.0.1:%d
                    kilobyte://127.0.0.1:9   # never there
                    """.formatted(first.port(), second.port(), last.port()));
            Answer got = reader.command("get", "big file", "--set", "discovery.index=[]", "--set",
                    "discovery.hosts-file=" + hosts);
            assertThat(got.orFail()).contains("not verified");
            assertThat(reader.downloads().resolve("big file")).hasBinaryContent(file);
            assertThat(last.portions()).isPositive();
        }
    }

    @Test
    void a_server_that_has_not_got_the_file_any_more_is_a_failed_download() throws Exception {
        Peer reader = swarm().peer("late-reader");
        try (SessionServer server = new SessionServer(); SessionClient node = session()) {
            node.register(server.port(), "gone.mkv");
            awaitHistoryOf("gone.mkv", "session://127.0.0.1:%d via session, open".formatted(server.port()));
            Answer got = reader.command("get", "gone.mkv");
            assertThat(got.exitCode()).isEqualTo(1);
            assertThat(got.errors()).contains("no source for gone.mkv");
            assertThat(reader.downloads().resolve("gone.mkv")).doesNotExist();
        }
    }

    private static String longestName(String scheme) {
        return Objects.requireNonNull(LONGEST_NAMES.get(scheme));
    }

    private byte[] fetch(String scheme, String name) throws IOException {
        InetSocketAddress server = local(host.port(scheme));
        return switch (scheme) {
            case "pdu" -> PduClient.download(server, 'D', name, PduForm.PROGRAM);
            case "fixed" -> FixedClient.download(server, name);
            case "session" -> SessionClient.download(server, name);
            case "lines" -> LinesClient.download(server, name);
            case "kilobyte" -> {
                try (KilobyteClient requester = new KilobyteClient(server)) {
                    yield requester.download(name);
                }
            }
            default -> throw new IllegalArgumentException(scheme);
        };
    }
}
