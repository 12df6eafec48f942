package dev.swarmdex.it;

import dev.swarmdex.it.seed.PduClient;
import dev.swarmdex.it.seed.PduForm;
import dev.swarmdex.it.seed.PduServer;
import dev.swarmdex.it.seed.RefusedException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

/** Seed 000's programs, byte for byte. */
class SeedConformancePduIT extends SeedConformance {

    private static final int MANY = 1000;
    private static final int SERVERS = 10;

    @Test
    void a_server_registers_is_found_and_deregisters_in_the_documents_order() throws Exception {
        try (PduClient server = pdu(); PduClient client = pdu()) {
            assertThat(server.ask("R,8124;127.0.0.1;song.ogg")).startsWith("A,");

            assertThat(client.ask("S,song.ogg")).isEqualTo("S,8124;127.0.0.1;song.ogg");
            assertThat(client.ask("D,song.ogg")).isEqualTo("D,127.0.0.1;8124");
            assertThat(client.listInSteps()).containsEntry("127.0.0.1;8124", List.of("song.ogg"));

            assertThat(server.ask("T,8124;127.0.0.1;song.ogg")).startsWith("A,");
            assertThat(client.ask("S,song.ogg")).isEqualTo("E,3");
            assertThat(client.ask("D,song.ogg")).isEqualTo("E,3");
            assertThat(client.listInSteps()).doesNotContainKey("127.0.0.1;8124");
            assertThat(server.ask("T,8124;127.0.0.1;song.ogg")).isEqualTo("E,3");
            assertThat(historyOf("song.ogg")).containsExactly("pdu://127.0.0.1:8124 via pdu, deregistered");
        }
    }

    @Test
    void a_server_registers_is_found_and_deregisters_in_the_programs_order() throws Exception {
        int index = anotherSwarm("program-order", "frontend.pdu.field-order=name-port-addr").index().port("pdu");
        try (PduClient server = new PduClient(index); PduClient client = new PduClient(index)) {
            assertThat(client.listAtOnce()).isEmpty();
            assertThat(server.ask("R,song.ogg;8124")).startsWith("A,");
            assertThat(server.ask("R,my film.mkv;8124")).startsWith("A,");

            assertThat(client.ask("S,song.ogg")).isEqualTo("S,song.ogg;8124;127.0.0.1;");
            assertThat(client.ask("D,song.ogg")).isEqualTo("D,song.ogg;8124;127.0.0.1;");
            assertThat(client.listAtOnce()).containsExactlyInAnyOrder("song.ogg;8124;127.0.0.1;",
                    "my film.mkv;8124;127.0.0.1;");

            assertThat(server.ask("T,song.ogg;8124")).startsWith("A,");
            assertThat(client.ask("S,song.ogg")).isEqualTo("E,3");
            assertThat(server.ask("T,song.ogg;8124")).isEqualTo("E,3");
            assertThat(client.listAtOnce()).containsExactly("my film.mkv;8124;127.0.0.1;");
            registerMany(index);
            assertThat(client.listAtOnce()).hasSize(MANY + 1).doesNotHaveDuplicates();
        }
    }

    @Test
    void registrations_mean_the_form_they_have_whatever_the_index_answers_in() throws Exception {
        try (PduClient server = pdu(); PduClient client = pdu()) {
            assertThat(server.ask("R,both.ogg;8201")).startsWith("A,");
            assertThat(client.ask("S,both.ogg")).isEqualTo("S,8201;127.0.0.1;both.ogg");
            assertThat(server.ask("T,8201;127.0.0.1;both.ogg")).startsWith("A,");
            assertThat(server.ask("R,8201;127.0.0.1;both.ogg;")).as("a trailing ;").startsWith("A,");
            assertThat(server.ask("T,both.ogg;8201;")).as("a trailing ;").startsWith("A,");
            assertThat(client.ask("S,both.ogg")).isEqualTo("E,3");
        }
    }

    @Test
    void a_thousand_contents_of_full_length_are_registered_by_ten_at_once_and_listed() throws Exception {
        registerMany(index().port("pdu"));
        try (PduClient client = pdu()) {
            List<String> names = client.listInSteps().entrySet().stream()
                    .filter(server -> server.getKey().startsWith("127.0.0.1;73"))
                    .flatMap(server -> server.getValue().stream()).toList();
            assertThat(names).containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, MANY).mapToObj(SeedConformancePduIT::fullName).toList());
        }
    }

    private static void registerMany(int index) throws Exception {
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = IntStream.range(0, SERVERS)
                    .<Callable<Boolean>>mapToObj(server -> () -> registerAll(index, server)).toList();
            for (Future<Boolean> done : servers.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static boolean registerAll(int index, int server) throws Exception {
        try (PduClient client = new PduClient(index)) {
            for (int i = server; i < MANY; i += SERVERS) {
                assertThat(client.ask("R,%d;127.0.0.1;%s".formatted(7300 + server, fullName(i)))).startsWith("A,");
            }
        }
        return true;
    }

    private static String fullName(int number) {
        return "content-%017d".formatted(number);
    }

    @Test
    void a_reply_that_was_lost_is_sent_again_on_error_2() throws Exception {
        try (PduClient server = pdu(); PduClient client = pdu()) {
            server.ask("R,8202;127.0.0.1;lost.ogg");
            String reply = client.ask("S,lost.ogg");
            server.ask("S,nobody has this");

            assertThat(client.ask("E,2")).isEqualTo(reply);
            assertThat(client.ask("E,2")).isEqualTo(reply);
            assertThat(server.ask("E,2")).isEqualTo("E,3");
        }
    }

    @Test
    void a_client_that_leaves_with_error_1_takes_its_own_contents_along_and_hears_nothing() throws Exception {
        try (PduClient leaver = pdu(); PduClient other = pdu()) {
            leaver.ask("R,8203;127.0.0.1;leaver 1");
            leaver.ask("R,8203;127.0.0.1;leaver 2");
            other.ask("R,8204;127.0.0.1;stayer");

            leaver.send("E,1");
            awaitHistoryOf("leaver 2", "pdu://127.0.0.1:8203 via pdu, deregistered");
            awaitHistoryOf("leaver 1", "pdu://127.0.0.1:8203 via pdu, deregistered");
            assertThat(leaver.ask("S,stayer")).as("the first thing it hears").isEqualTo("S,8204;127.0.0.1;stayer");
            assertThat(leaver.ask("S,leaver 1")).isEqualTo("E,3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X,song.ogg", "C,song.ogg", "r,8205;127.0.0.1;bad.ogg", "?,"})
    void an_unknown_letter_is_answered_with_error_2(String pdu) throws Exception {
        try (PduClient client = pdu()) {
            assertThat(client.ask(pdu)).isEqualTo("E,2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"R,0;127.0.0.1;bad", "R,70000;127.0.0.1;bad", "R,-1;127.0.0.1;bad", "R,;127.0.0.1;bad",
            "R,http;127.0.0.1;bad", "R,8205;no host;bad", "R,8205;127.0.0.1;", "R,bad", "R,", "R,bad;0", "R,bad;70000",
            "R,8205;127.0.0.1;bad;bad;bad", "R,8205;127.0.0.1;a name of 26 bytes is bad "})
    void a_registration_that_makes_no_sense_is_answered_with_an_error(String pdu) throws Exception {
        try (PduClient client = pdu()) {
            assertThat(client.ask(pdu)).startsWith("E,");
            assertThat(historyOf("bad")).isEmpty();
            assertThat(client.ask("S,a name of 26 bytes is bad ")).startsWith("E,");
        }
    }

    @Test
    void short_datagrams_are_understood_and_garbage_does_no_harm() throws Exception {
        try (PduClient vandal = pdu(); PduClient client = pdu()) {
            for (byte[] garbage : List.of(new byte[0], new byte[1], new byte[102], new byte[65_000],
                    "R".getBytes(StandardCharsets.US_ASCII), "RRRR".getBytes(StandardCharsets.US_ASCII),
                    SampleFiles.bytes(102), SampleFiles.bytes(1025))) {
                vandal.sendBare(garbage);
            }
            client.sendBare("R,8206;127.0.0.1;short".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.receive()).startsWith("A,");
            client.sendBare("S,short".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.receive()).isEqualTo("S,8206;127.0.0.1;short");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_file_goes_from_program_to_program_which_then_offers_it_too(PduForm form) throws Exception {
        String name = "from " + form;
        byte[] file = SampleFiles.bytes(1025);
        try (PduServer server = new PduServer(form); PduClient registrant = pdu(); PduClient client = pdu()) {
            server.put(name, file);
            registrant.ask("R,%d;127.0.0.1;%s".formatted(server.port(), name));

            String[] where = client.ask("D," + name).substring(2).split(";", -1);
            InetSocketAddress address = new InetSocketAddress(where[0], Integer.parseInt(where[1]));
            assertThat(PduClient.download(address, 'D', name, form)).isEqualTo(file);
            assertThatThrownBy(() -> PduClient.download(address, 'D', "no such file", form))
                    .isInstanceOf(RefusedException.class).hasMessage("E,3");

            assertThat(client.ask("R,8207;127.0.0.1;" + name)).startsWith("A,");
            registrant.send("E,1");
            awaitHistoryOf(name, "pdu://127.0.0.1:%d via pdu, deregistered".formatted(server.port()),
                    "pdu://127.0.0.1:8207 via pdu, open");
            assertThat(registrant.ask("S," + name)).isEqualTo("S,8207;127.0.0.1;" + name);
        }
    }
}
