package dev.swarmdex.it;

import dev.swarmdex.it.seed.FixedClient;
import dev.swarmdex.it.seed.FixedClient.PortForm;
import dev.swarmdex.it.seed.LinesClient;
import dev.swarmdex.it.seed.PduClient;
import dev.swarmdex.it.seed.SessionClient;
import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Programs of all the seeds at one index, with a native peer. */
class SeedConformanceTogetherIT extends SeedConformance {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void a_native_peer_sees_what_each_seed_registers_and_the_history_tells_by_which_protocol() throws Exception {
        Peer observer = swarm().peer("observer");
        try (PduClient pdu = pdu();
                FixedClient fixed = fixed("fixed-1");
                SessionClient session = session();
                LinesClient lines = lines("lines-1", 6004)) {
            pdu.ask("R,6001;127.0.0.1;common");
            fixed.register("common-2", 6002, PortForm.ASCII);
            session.register(6003, "common");
            lines.say("register lines-1 common");
            await().until(() -> openEndpoints("common"), List.of("lines://127.0.0.1:6004 via lines",
                    "pdu://127.0.0.1:6001 via pdu", "session://127.0.0.1:6003 via session")::equals);

            assertThat(endpoints(observer.list(), "common")).containsExactlyInAnyOrder("pdu://127.0.0.1:6001",
                    "session://127.0.0.1:6003", "lines://127.0.0.1:6004");
            assertThat(endpoints(observer.list(), "common-2")).containsExactly("fixed://127.0.0.1:6002");
            JsonNode found = observer.command("search", "common", "--json").json();
            assertThat(found.size()).isEqualTo(2);
        }
    }

    @Test
    void a_seeds_client_is_led_only_to_servers_that_it_can_speak_to() throws Exception {
        try (PduClient pdu = pdu();
                FixedClient fixed = fixed("fixed-2");
                SessionClient session = session();
                SessionClient otherSession = session();
                LinesClient lines = lines("lines-2", 6014)) {
            pdu.ask("R,6011;127.0.0.1;of-pdu");
            fixed.register("of-fixed", 6012, PortForm.ASCII);
            session.register(6013, "of-session");
            lines.say("register lines-2 of-lines");
            awaitHistoryOf("of-session", "session://127.0.0.1:6013 via session, open");
            awaitHistoryOf("of-lines", "lines://127.0.0.1:6014 via lines, open");

            for (String foreign : List.of("of-fixed", "of-session", "of-lines")) {
                assertThat(pdu.ask("S," + foreign)).isEqualTo("E,3");
                assertThat(pdu.ask("D," + foreign)).isEqualTo("E,3");
            }
            assertThat(pdu.listInSteps().values()).allSatisfy(
                    names -> assertThat(names).doesNotContain("of-fixed", "of-session", "of-lines"));
            for (String foreign : List.of("of-pdu", "of-session", "of-lines")) {
                assertThat(fixed.search(foreign)).startsWith("E ");
            }
            for (String foreign : List.of("of-pdu", "of-fixed", "of-lines")) {
                assertThat(otherSession.whoHosts(foreign, 0)).isEqualTo("No Registered Nodes host that file");
            }
            assertThat(lines.listFiles()).contains("lines-2 : of-lines")
                    .noneMatch(line -> line.matches(".* : of-(pdu|fixed|session)"));
        }
    }

    @Test
    void a_silent_connection_keeps_its_contents_while_those_of_datagrams_expire_after_their_lease() throws Exception {
        Index index = anotherSwarm("short-leases", Stream.of("pdu", "fixed", "session", "lines")
                .map(protocol -> "frontend." + protocol + ".lease=1s").toArray(String[]::new)).index();
        try (PduClient pdu = new PduClient(index.port("pdu"));
                FixedClient fixed = new FixedClient(index.port("fixed"), "fixed");
                SessionClient session = new SessionClient(index.port("session"));
                SessionClient other = new SessionClient(index.port("session"));
                LinesClient lines = new LinesClient(index.port("lines"), "silent", 6024)) {
            session.register(6023, "of-session");
            lines.say("register silent of-lines");
            for (int lease = 0; lease < 2; lease++) {
                pdu.ask("R,6021;127.0.0.1;of-pdu");
                fixed.register("of-fixed", 6022, PortForm.ASCII);
                await().until(
                        () -> index.sql("SELECT * FROM current_mappings WHERE via IN ('pdu', 'fixed')").isEmpty());
            }
            assertThat(pdu.ask("S,of-pdu")).isEqualTo("E,3");
            assertThat(fixed.search("of-fixed")).startsWith("E ");
            assertThat(other.whoHosts("of-session", 1)).contains("'6023'");
            assertThat(lines.listFiles()).containsExactly("silent : of-lines");
            assertThat(index.sql("SELECT via, ended_by FROM mapping_history ORDER BY via, since").valueStream()
                    .map(row -> row.path("via").asString() + " " + row.path("ended_by").asString("open")))
                    .containsExactly("fixed expired", "fixed expired", "lines open", "pdu expired", "pdu expired",
                            "session open");
        }
    }

    @Test
    void a_client_that_sends_a_gigabyte_of_nothing_takes_nothing_from_the_others() throws Exception {
        try (SessionClient session = session();
                LinesClient first = new LinesClient(index().port("lines"));
                LinesClient later = lines("gigabyte", 6034)) {
            session.register(6033, "gigabyte");
            awaitHistoryOf("gigabyte", "session://127.0.0.1:6033 via session, open");
            sendNothing(session::sendBare);
            sendNothing(first::sendBare);
            sendNothing(later::sendBare);
        }
        awaitHistoryOf("gigabyte", "session://127.0.0.1:6033 via session, disconnected");
        try (SessionClient next = session(); LinesClient nextUser = lines("next", 6035)) {
            assertThat(next.whoHosts("gigabyte", 0)).isEqualTo("No Registered Nodes host that file");
            assertThat(nextUser.activePeers()).contains("next - 127.0.0.1:6035");
        }
    }

    /** Sends NULs until the server has had enough; 64 MiB at most, which is more than its memory. */
    private static void sendNothing(Sender sender) throws IOException {
        try {
            for (int i = 0; i < 64; i++) {
                sender.send(new byte[MEBIBYTE]);
            }
        } catch (SocketException theServerHasClosed) {
            // as it may
        }
    }

    private interface Sender {
        void send(byte[] bytes) throws IOException;
    }

    private List<String> openEndpoints(String content) {
        return historyOf(content).stream().filter(line -> line.endsWith(", open"))
                .map(line -> line.replace(", open", "")).sorted().toList();
    }

    private static Stream<String> endpoints(JsonNode list, String content) {
        return list.valueStream().filter(each -> each.path("name").asString().equals(content))
                .flatMap(each -> each.path("peers").valueStream()).map(at -> at.path("endpoint").asString());
    }
}
