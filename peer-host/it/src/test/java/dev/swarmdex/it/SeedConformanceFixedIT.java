package dev.swarmdex.it;

import dev.swarmdex.it.seed.FixedClient;
import dev.swarmdex.it.seed.FixedClient.PortForm;
import dev.swarmdex.it.seed.FixedServer;
import dev.swarmdex.it.seed.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Seed 001's programs, byte for byte. */
class SeedConformanceFixedIT extends SeedConformance {

    private static final int MANY = 1000;
    private static final int PEERS = 10;

    @ParameterizedTest
    @EnumSource
    void a_peer_registers_is_found_and_deregisters(PortForm form) throws Exception {
        String content = "by " + form;
        try (FixedClient alice = fixed("a-" + form); FixedClient bob = fixed("bob")) {
            assertThat(alice.register(content, 40_001, form)).startsWith("A ");

            assertThat(bob.search(content)).isEqualTo("S 127.0.0.1 40001");
            assertThat(bob.searchWithoutPeer(content)).isEqualTo("S 127.0.0.1 40001");
            assertThat(bob.list()).anySatisfy(line -> assertThat(line).contains(content));

            assertThat(bob.deregister(content)).as("of another peer's content").startsWith("E ");
            assertThat(alice.deregister(content)).startsWith("A ");
            assertThat(bob.search(content)).startsWith("E ");
            assertThat(alice.deregister(content)).startsWith("E ");
            assertThat(historyOf(content)).containsExactly("fixed://127.0.0.1:40001 via fixed, deregistered");
        }
    }

    @Test
    void a_binary_port_of_two_bytes_that_look_like_digits_is_no_ascii() throws Exception {
        try (FixedClient alice = fixed("alice")) {
            int twoDigits = '1' << 8 | '2';
            alice.register("digits", twoDigits, PortForm.BINARY);
            assertThat(alice.search("digits")).isEqualTo("S 127.0.0.1 " + twoDigits);
            assertThat(alice.register("four", 4000, PortForm.ASCII)).startsWith("A ");
            assertThat(alice.search("four")).isEqualTo("S 127.0.0.1 4000");
        }
    }

    @Test
    void names_of_ten_bytes_have_no_nul_and_may_have_spaces() throws Exception {
        try (FixedClient alice = fixed("0123456789"); FixedClient other = fixed("012345678")) {
            assertThat(alice.register("ten bytes!", 40_002, PortForm.ASCII)).startsWith("A ");
            assertThat(other.search("ten bytes!")).isEqualTo("S 127.0.0.1 40002");
            assertThat(other.search("ten bytes")).startsWith("E ");
            assertThat(other.list()).anySatisfy(line -> assertThat(line).contains("ten bytes!"));
            assertThat(other.deregister("ten bytes!")).startsWith("E ");
            assertThat(alice.deregister("ten bytes!")).startsWith("A ");
        }
    }

    @Test
    void a_content_is_registered_by_one_peer_only_and_the_others_read_why() throws Exception {
        try (FixedClient alice = fixed("a-single"); FixedClient bob = fixed("b-single")) {
            assertThat(alice.register("single", 40_003, PortForm.ASCII)).startsWith("A ");
            assertThat(bob.register("single", 40_004, PortForm.ASCII)).matches("E .*\\w+.*");
            assertThat(alice.register("single", 40_003, PortForm.ASCII)).matches("E .*\\w+.*");
            assertThat(bob.search("single")).isEqualTo("S 127.0.0.1 40003");

            alice.deregister("single");
            assertThat(bob.register("single", 40_004, PortForm.ASCII)).startsWith("A ");
            assertThat(alice.search("single")).isEqualTo("S 127.0.0.1 40004");
        }
    }

    @Test
    void with_per_peer_duplicates_each_peer_registers_once_and_the_least_used_is_named() throws Exception {
        int index = anotherSwarm("per-peer", "frontend.fixed.duplicates=per-peer").index().port("fixed");
        try (FixedClient alice = new FixedClient(index, "alice");
                FixedClient bob = new FixedClient(index, "bob");
                FixedClient carol = new FixedClient(index, "carol")) {
            assertThat(carol.ask('O')).as("a list of nothing").startsWith("E ");
            assertThat(alice.register("shared", 40_005, PortForm.ASCII)).startsWith("A ");
            assertThat(alice.register("shared", 40_005, PortForm.ASCII)).startsWith("E ");
            assertThat(bob.register("shared", 40_006, PortForm.BINARY)).startsWith("A ");

            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(carol.search("shared"));
            }
            assertThat(answers.subList(0, 2)).doesNotHaveDuplicates();
            assertThat(answers).filteredOn("S 127.0.0.1 40005"::equals).hasSize(3);
            assertThat(answers).filteredOn("S 127.0.0.1 40006"::equals).hasSize(3);

            alice.quit();
            assertThat(bob.deregister("")).startsWith("A ");
            assertThat(alice.ask('O')).as("the first thing that it hears").startsWith("E ");
            registerMany(index);
            assertThat(carol.list()).hasSize(MANY);
        }
    }

    @Test
    void a_peer_deregisters_one_or_all_of_its_contents_and_quits_without_an_answer() throws Exception {
        try (FixedClient alice = fixed("a-quits"); FixedClient bob = fixed("b-quits")) {
            for (String content : List.of("quit 1", "quit 2", "quit 3")) {
                alice.register(content, 40_007, PortForm.ASCII);
            }
            bob.register("quit 4", 40_008, PortForm.ASCII);

            assertThat(alice.deregister("quit 2")).startsWith("A ");
            assertThat(bob.search("quit 1")).startsWith("S ");
            assertThat(alice.deregister("")).startsWith("A ");
            assertThat(bob.search("quit 1")).startsWith("E ");
            assertThat(bob.search("quit 3")).startsWith("E ");
            assertThat(alice.deregister("")).as("when nothing is left").startsWith("E ");

            alice.register("quit 1", 40_007, PortForm.ASCII);
            alice.quit();
            awaitHistoryOf("quit 1", "fixed://127.0.0.1:40007 via fixed, deregistered",
                    "fixed://127.0.0.1:40007 via fixed, deregistered");
            assertThat(alice.search("quit 4")).as("the first thing it hears").isEqualTo("S 127.0.0.1 40008");
        }
    }

    @Test
    void a_thousand_contents_are_registered_by_ten_at_once_and_listed() throws Exception {
        registerMany(index().port("fixed"));
        try (FixedClient client = fixed("lister")) {
            List<String> lines = client.list();
            assertThat(IntStream.range(0, MANY).mapToObj(SeedConformanceFixedIT::manyName))
                    .allSatisfy(name -> assertThat(lines).filteredOn(line -> line.contains(name)).hasSize(1));
        }
    }

    private static void registerMany(int index) throws Exception {
        try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = IntStream.range(0, PEERS)
                    .<Callable<Boolean>>mapToObj(peer -> () -> registerAll(index, peer)).toList();
            for (Future<Boolean> done : peers.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static boolean registerAll(int index, int peer) throws Exception {
        try (FixedClient client = new FixedClient(index, "many-" + peer)) {
            for (int i = peer; i < MANY; i += PEERS) {
                assertThat(client.register(manyName(i), 41_000 + peer, PortForm.ASCII)).startsWith("A ");
            }
        }
        return true;
    }

    private static String manyName(int number) {
        return "many-%05d".formatted(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "00000", "70000", "65536", "99999"})
    void an_impossible_port_is_refused(String port) throws Exception {
        try (FixedClient alice = fixed("a-ports")) {
            assertThat(alice.register("port", port)).startsWith("E ");
            assertThat(historyOf("port")).isEmpty();
        }
    }

    @Test
    void a_registration_without_names_or_port_is_refused() throws Exception {
        try (FixedClient alice = fixed("a-nothing"); FixedClient nobody = fixed("")) {
            assertThat(alice.register("", 40_009, PortForm.ASCII)).startsWith("E ");
            assertThat(alice.register("portless", 0, PortForm.BINARY)).startsWith("E ");
            assertThat(nobody.register("nameless", 40_009, PortForm.ASCII)).startsWith("E ");
            assertThat(historyOf("portless")).isEmpty();
            assertThat(historyOf("nameless")).isEmpty();
        }
    }

    @Test
    void a_stray_datagram_is_ignored() throws Exception {
        try (FixedClient vandal = fixed("vandal"); FixedClient alice = fixed("a-stray")) {
            for (byte[] garbage : List.of(new byte[0], new byte[1], new byte[101], new byte[65_000],
                    Arrays.copyOf(new byte[]{'R'}, 60), SampleFiles.bytes(101), SampleFiles.bytes(1025))) {
                vandal.sendBare(garbage);
            }
            assertThat(alice.register("unstrayed", 40_010, PortForm.ASCII)).startsWith("A ");
            assertThat(alice.search("unstrayed")).isEqualTo("S 127.0.0.1 40010");
        }
    }

    @Test
    void a_file_goes_from_program_to_program_by_the_name_of_the_index() throws Exception {
        byte[] file = SampleFiles.bytes(1025);
        try (FixedServer server = new FixedServer();
                FixedClient alice = fixed("a-file");
                FixedClient bob = fixed("b-file")) {
            server.put("my file", file);
            alice.register("my file", server.port(), PortForm.BINARY);

            String[] answer = bob.search("my file").split(" ", -1);
            assertThat(answer[1]).isEqualTo("127.0.0.1");
            int port = Integer.parseInt(answer[2]);
            assertThat(FixedClient.download(local(port), "my file")).isEqualTo(Arrays.copyOf(file, 1100));
            assertThatThrownBy(() -> FixedClient.download(local(port), "no file")).isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("E ");
        }
    }
}
