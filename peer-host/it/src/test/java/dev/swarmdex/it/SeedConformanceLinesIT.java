package dev.swarmdex.it;

import dev.swarmdex.it.seed.LinesClient;
import dev.swarmdex.it.seed.LinesServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Seed 003's programs, byte for byte. */
class SeedConformanceLinesIT extends SeedConformance {

    private static final int MANY = 1000;

    @Test
    void a_user_registers_files_is_listed_and_unregisters() throws Exception {
        try (LinesClient pesho = lines("Pesho123", 1234); LinesClient gosho = lines("Gosho321", 2314)) {
            assertThat(pesho.activePeers()).contains("Pesho123 - 127.0.0.1:1234");
            pesho.say("register Pesho123 /home/pesho/one.ogg /home/pesho/two.ogg");
            awaitHistoryOf("/home/pesho/two.ogg", "lines://127.0.0.1:1234 via lines, open");
            assertThat(gosho.listFiles()).contains("Pesho123 : /home/pesho/one.ogg", "Pesho123 : /home/pesho/two.ogg");
            assertThat(gosho.activePeers()).contains("Pesho123 - 127.0.0.1:1234", "Gosho321 - 127.0.0.1:2314")
                    .doesNotHaveDuplicates();

            pesho.say("register Pesho123 /a.ogg,/b.ogg, /c.ogg");
            awaitHistoryOf("/c.ogg", "lines://127.0.0.1:1234 via lines, open");
            assertThat(gosho.listFiles()).contains("Pesho123 : /a.ogg", "Pesho123 : /b.ogg", "Pesho123 : /c.ogg",
                    "Pesho123 : /home/pesho/one.ogg");

            pesho.say("unregister Pesho123 /a.ogg /home/pesho/one.ogg, /home/pesho/two.ogg");
            awaitHistoryOf("/home/pesho/two.ogg", "lines://127.0.0.1:1234 via lines, deregistered");
            assertThat(gosho.listFiles().stream().filter(line -> line.startsWith("Pesho123")))
                    .containsExactlyInAnyOrder("Pesho123 : /b.ogg", "Pesho123 : /c.ogg");
        }
    }

    @Test
    void a_users_files_are_gone_when_he_closes_or_his_connection_ends_in_order_or_in_mid_message() throws Exception {
        try (LinesClient closing = lines("closing", 1235)) {
            closing.say("register closing /closing");
            awaitHistoryOf("/closing", "lines://127.0.0.1:1235 via lines, open");
            closing.say("close");
            assertThat(closing.isDismissed()).isTrue();
        }
        awaitEnded("/closing");
        try (LinesClient orderly = lines("orderly", 1236)) {
            orderly.say("register orderly /orderly");
            awaitHistoryOf("/orderly", "lines://127.0.0.1:1236 via lines, open");
        }
        awaitEnded("/orderly");
        LinesClient vanishing = lines("vanishing", 1237);
        vanishing.say("register vanishing /vanishing");
        awaitHistoryOf("/vanishing", "lines://127.0.0.1:1237 via lines, open");
        vanishing.sendBare("register vanishing /half".getBytes(StandardCharsets.UTF_8));
        vanishing.vanish();
        awaitEnded("/vanishing");

        assertThat(historyOf("/half")).isEmpty();
        try (LinesClient next = lines("next", 1238)) {
            assertThat(next.activePeers()).noneMatch(line -> line.matches("(closing|orderly|vanishing) .*"));
            assertThat(next.listFiles()).noneMatch(line -> line.matches("(closing|orderly|vanishing) .*"));
        }
    }

    private void awaitEnded(String content) {
        await(content).until(() -> historyOf(content), lines -> lines.size() == 1
                && lines.getFirst().matches(".* via lines, (deregistered|disconnected)"));
    }

    @Test
    void a_thousand_contents_are_listed_to_two_at_once() throws Exception {
        try (LinesClient many = lines("many", 1239);
                LinesClient one = lines("one", 1240);
                LinesClient other = lines("other", 1241)) {
            List<String> paths = IntStream.range(0, MANY).mapToObj("/thousand/%04d"::formatted).toList();
            for (int from = 0; from < MANY; from += 50) {
                many.say("register many "
                        + paths.subList(from, from + 50).stream().collect(Collectors.joining(" ")));
            }
            awaitHistoryOf(paths.getLast(), "lines://127.0.0.1:1239 via lines, open");
            one.say("list-files");
            List<String> seenByOther = other.listFiles();
            List<String> seenByOne = one.lines();
            assertThat(seenByOther.stream().filter(line -> line.startsWith("many : ")))
                    .containsExactlyInAnyOrderElementsOf(paths.stream().map("many : "::concat).toList());
            assertThat(seenByOne.stream().filter(line -> line.startsWith("many : "))).hasSize(MANY);
        }
    }

    @Test
    void paths_may_be_long_and_in_any_script_as_may_users() throws Exception {
        String longest = "/" + "път".repeat(160);
        try (LinesClient pesho = lines("Пешо", 1242); LinesClient gosho = lines("gosho", 1243)) {
            pesho.say("register Пешо " + longest);
            awaitHistoryOf(longest, "lines://127.0.0.1:1242 via lines, open");
            assertThat(gosho.listFiles()).contains("Пешо : " + longest);
            assertThat(gosho.activePeers()).contains("Пешо - 127.0.0.1:1242");
        }
    }

    @Test
    void lines_may_come_in_pieces_or_many_at_once_and_end_as_on_windows() throws Exception {
        try (LinesClient pesho = new LinesClient(index().port("lines"))) {
            pesho.sendBare("pieces 12".getBytes(StandardCharsets.UTF_8));
            pesho.sendBare("44\r\nregister pieces /p1\r\nregister pieces /p2\nsendActive"
                    .getBytes(StandardCharsets.UTF_8));
            pesho.sendBare("Peers\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(pesho.lines()).contains("pieces - 127.0.0.1:1244");
            awaitHistoryOf("/p1", "lines://127.0.0.1:1244 via lines, open");
            awaitHistoryOf("/p2", "lines://127.0.0.1:1244 via lines, open");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "", "register", "register clumsy", "unregister clumsy /not/registered",
            "list-files x",
            "register clumsy ,"})
    void a_line_that_makes_no_sense_does_no_harm(String line) throws Exception {
        try (LinesClient clumsy = lines("clumsy", 1245); LinesClient other = lines("other", 1246)) {
            clumsy.say(line);
            clumsy.say("register clumsy /sense");
            await().until(() -> historyOf("/sense"), lines -> !lines.isEmpty() && lines.getLast().endsWith("open"));
            assertThat(other.listFiles().stream().filter(each -> each.startsWith("clumsy")))
                    .containsExactly("clumsy : /sense");
        }
        await().until(() -> historyOf("/sense"), lines -> lines.stream().noneMatch(each -> each.endsWith("open")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"impossible 0", "impossible 70000", "impossible -1", "impossible http", "impossible", " "})
    void a_first_line_that_makes_no_sense_is_as_if_it_was_never_said(String line) throws Exception {
        try (LinesClient impossible = new LinesClient(index().port("lines"))) {
            impossible.say(line);
            impossible.say("register impossible /impossible");
            impossible.say("impossible 1249");
            assertThat(impossible.activePeers().stream().filter(each -> each.startsWith("impossible")))
                    .as("what the server has heard before").containsExactly("impossible - 127.0.0.1:1249");
            assertThat(historyOf("/impossible")).isEmpty();
        }
    }

    @Test
    void a_file_goes_from_user_to_user_without_the_server_and_is_registered_by_the_new_one() throws Exception {
        byte[] file = SampleFiles.bytes(102_500);
        try (LinesServer miniServer = new LinesServer();
                LinesClient pesho = lines("p-file", miniServer.port());
                LinesClient gosho = lines("g-file", 1248)) {
            miniServer.put("/home/p/a film.mkv", file);
            pesho.say("register p-file /home/p/film.mkv");
            String mapping = gosho.activePeers().stream().filter(line -> line.startsWith("p-file - ")).findFirst()
                    .orElseThrow();
            assertThat(mapping).isEqualTo("p-file - 127.0.0.1:" + miniServer.port());

            assertThat(LinesClient.download(local(miniServer.port()), "/home/p/a film.mkv")).isEqualTo(file);
            gosho.say("register g-file /home/g/film.mkv");
            awaitHistoryOf("/home/g/film.mkv", "lines://127.0.0.1:1248 via lines, open");
        }
    }
}
