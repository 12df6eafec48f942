package dev.swarmdex.it;

import dev.swarmdex.it.seed.RefusedException;
import dev.swarmdex.it.seed.SessionClient;
import dev.swarmdex.it.seed.SessionServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Seed 002's programs, byte for byte. */
class SeedConformanceSessionIT extends SeedConformance {

    private static final String NOBODY = "No Registered Nodes host that file";
    private static final int MANY = 1000;

    @Test
    void a_node_registers_is_found_changes_its_list_and_unregisters() throws Exception {
        try (SessionClient alice = session(); SessionClient bob = session()) {
            alice.register(5001, "one.ogg", "two.ogg");
            awaitHistoryOf("two.ogg", "session://127.0.0.1:5001 via session, open");
            assertThat(bob.list(names -> names.containsAll(List.of("one.ogg", "two.ogg")))).doesNotHaveDuplicates();
            assertThat(bob.whoHosts("one.ogg", 1))
                    .isEqualTo("[\"('127.0.0.1', %d)\", '5001']".formatted(alice.port()));

            alice.say("update");
            alice.sendFiles("two.ogg", "three.ogg");
            awaitHistoryOf("three.ogg", "session://127.0.0.1:5001 via session, open");
            awaitHistoryOf("one.ogg", "session://127.0.0.1:5001 via session, deregistered");
            assertThat(historyOf("two.ogg")).containsExactly("session://127.0.0.1:5001 via session, open");
            assertThat(bob.whoHosts("one.ogg", 0)).isEqualTo(NOBODY);

            alice.say("delete three.ogg");
            alice.sendFiles("two.ogg");
            awaitHistoryOf("three.ogg", "session://127.0.0.1:5001 via session, deregistered");

            alice.say("unregister");
            awaitHistoryOf("two.ogg", "session://127.0.0.1:5001 via session, deregistered");
            assertThat(bob.whoHosts("two.ogg", 0)).isEqualTo(NOBODY);
            alice.register(5002, "four.ogg");
            awaitHistoryOf("four.ogg", "session://127.0.0.1:5002 via session, open");
        }
    }

    @Test
    void a_file_of_two_nodes_is_listed_once_and_has_two_addresses_and_ones_own_are_not_listed() throws Exception {
        try (SessionClient alice = session(); SessionClient bob = session(); SessionClient carol = session()) {
            alice.register(5003, "ours.ogg", "mine.ogg");
            bob.register(5004, "ours.ogg");
            awaitOpen("ours.ogg", 2);
            awaitOpen("mine.ogg", 1);

            assertThat(carol.whoHosts("ours.ogg", 2)).isIn(address(alice, 5003) + " " + address(bob, 5004),
                    address(bob, 5004) + " " + address(alice, 5003));
            assertThat(carol.list(names -> names.contains("ours.ogg"))).filteredOn("ours.ogg"::equals).hasSize(1);
            assertThat(alice.whoHosts("ours.ogg", 1)).isEqualTo(address(bob, 5004));
            assertThat(alice.whoHosts("mine.ogg", 0)).isEqualTo(NOBODY);
            assertThat(alice.list(names -> names.contains("ours.ogg"))).doesNotContain("mine.ogg");
        }
    }

    @Test
    void a_node_is_deregistered_when_its_connection_ends_in_order_or_in_mid_message() throws Exception {
        try (SessionClient orderly = session()) {
            orderly.register(5005, "orderly");
            awaitOpen("orderly", 1);
        }
        SessionClient vanishing = session();
        vanishing.register(5006, "vanishing");
        awaitOpen("vanishing", 1);
        vanishing.say("upda");
        vanishing.vanish();
        SessionClient inTheList = session();
        inTheList.say("register 5007");
        inTheList.expect("SEND FILES");
        inTheList.vanish();

        awaitHistoryOf("orderly", "session://127.0.0.1:5005 via session, disconnected");
        awaitHistoryOf("vanishing", "session://127.0.0.1:5006 via session, disconnected");
        try (SessionClient next = session()) {
            assertThat(next.whoHosts("vanishing", 0)).isEqualTo(NOBODY);
        }
    }

    @Test
    void messages_that_end_with_a_newline_are_understood_and_may_come_in_one_write() throws Exception {
        try (SessionClient person = session(); SessionClient other = session()) {
            person.say("register 5008\n");
            person.expect("SEND FILES");
            person.say("by-hand.ogg\n");
            awaitOpen("by-hand.ogg", 1);
            assertThat(other.whoHosts("by-hand.ogg\n", 1)).isEqualTo(address(person, 5008));
            person.say("unregister\nregister 5009\n");
            person.expect("SEND FILES");
            person.say("again.ogg\r\n");
            awaitHistoryOf("by-hand.ogg", "session://127.0.0.1:5008 via session, deregistered");
            awaitHistoryOf("again.ogg", "session://127.0.0.1:5009 via session, open");
        }
    }

    @Test
    void a_thousand_contents_of_thirty_nodes_are_listed() throws Exception {
        List<SessionClient> nodes = new ArrayList<>();
        List<String> all = new ArrayList<>();
        try (SessionClient client = session()) {
            for (int from = 0; from < MANY; from += 34) {
                List<String> names = IntStream.range(from, Math.min(from + 34, MANY))
                        .mapToObj("thousand-contents-of-%09d"::formatted).toList();
                SessionClient node = session();
                nodes.add(node);
                node.register(5100 + nodes.size(), names.toArray(String[]::new));
                all.addAll(names);
            }
            assertThat(all).hasSize(MANY);
            awaitOpen(all.getLast(), 1);
            assertThat(client.list(names -> names.containsAll(all))).doesNotHaveDuplicates();
        } finally {
            for (SessionClient node : nodes) {
                node.close();
            }
        }
    }

    @Test
    void a_name_as_long_as_a_file_may_have_and_one_in_another_script_are_names() throws Exception {
        String longest = "n".repeat(255);
        try (SessionClient alice = session(); SessionClient bob = session()) {
            alice.register(5010, longest);
            awaitOpen(longest, 1);
            bob.register(5011, "песен.ogg");
            awaitOpen("песен.ogg", 1);
            assertThat(bob.whoHosts(longest, 1)).isEqualTo(address(alice, 5010));
            assertThat(alice.whoHosts("песен.ogg", 1)).isEqualTo(address(bob, 5011));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"register 0", "register 70000", "register -1", "register http", "register", "walk", " ",
            "download", "DOWNLOAD x"})
    void a_message_that_makes_no_sense_does_no_harm(String message) throws Exception {
        try (SessionClient clumsy = session(); SessionClient other = session()) {
            clumsy.say(message + "\n");
            other.register(5012, "sense.ogg");
            awaitOpen("sense.ogg", 1);
            assertThat(clumsy.whoHosts("sense.ogg\n", 1)).endsWith(address(other, 5012));
        }
        awaitOpen("sense.ogg", 0);
    }

    @Test
    void a_second_registration_takes_the_place_of_the_first() throws Exception {
        try (SessionClient alice = session(); SessionClient bob = session()) {
            alice.register(5013, "first.ogg");
            awaitOpen("first.ogg", 1);
            alice.register(5014, "second.ogg");
            awaitOpen("second.ogg", 1);
            assertThat(bob.whoHosts("second.ogg", 1)).isEqualTo(address(alice, 5014));
            assertThat(bob.whoHosts("first.ogg", 0)).isEqualTo(NOBODY);
        }
    }

    @Test
    void a_file_goes_from_node_to_node_which_then_hosts_it_too() throws Exception {
        byte[] file = SampleFiles.bytes(102_500);
        try (SessionServer server = new SessionServer();
                SessionClient alice = session();
                SessionClient bob = session();
                SessionClient carol = session()) {
            server.put("film.mkv", file);
            alice.register(server.port(), "film.mkv");
            bob.register(5015, "else.mkv");
            awaitOpen("film.mkv", 1);
            awaitOpen("else.mkv", 1);

            String where = bob.whoHosts("film.mkv", 1);
            assertThat(where).isEqualTo(address(alice, server.port()));
            assertThat(SessionClient.download(local(server.port()), "film.mkv")).isEqualTo(file);
            assertThatThrownBy(() -> SessionClient.download(local(server.port()), "no.mkv"))
                    .isInstanceOf(RefusedException.class).hasMessage("ERROR");

            bob.say("update");
            bob.sendFiles("else.mkv", "film.mkv");
            awaitOpen("film.mkv", 2);
            assertThat(carol.whoHosts("film.mkv", 2)).contains(address(bob, 5015));
        }
    }

    private static String address(SessionClient node, int serverPort) {
        return "[\"('127.0.0.1', %d)\", '%d']".formatted(node.port(), serverPort);
    }

    /** Waits until so many nodes host that file. */
    private void awaitOpen(String content, int nodes) {
        await(content).until(() -> historyOf(content).stream().filter(line -> line.endsWith("open")).count(),
                open -> open == nodes);
    }
}
