package dev.swarmdex.it;

import dev.swarmdex.it.seed.FixedProgram;
import dev.swarmdex.it.seed.KilobyteProgram;
import dev.swarmdex.it.seed.LinesProgram;
import dev.swarmdex.it.seed.PduForm;
import dev.swarmdex.it.seed.PduProgram;
import dev.swarmdex.it.seed.SeedProgram;
import dev.swarmdex.it.seed.SessionProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who can have whose files: each seed's programs and native peers, all at one index. A peer that serves by every transport
 * is how a file gets from one seed's programs to another's, which have no protocol in common.
 */
class SeedConformanceMatrixIT extends SeedConformance {

    private static final int FRAME = 100;

    /** What takes part, with the prefix of its files' names. */
    enum Seed {
        PDU("p-"), FIXED("f-"), SESSION("s-"), LINES("l-"), KILOBYTE("k-");

        private final String prefix;

        Seed(String prefix) {
            this.prefix = prefix;
        }

        Map<String, byte[]> files() {
            return SampleFiles.all(prefix);
        }
    }

    private final Map<Seed, SeedProgram> programs = new EnumMap<>(Seed.class);
    private Peer sharer;
    private Peer bridge;

    @BeforeAll
    void everybodyJoins() throws Exception {
        sharer = swarm().peer("sharer");
        for (Map.Entry<String, byte[]> file : SampleFiles.all("n-").entrySet()) {
            Files.write(sharer.shared().resolve(file.getKey()), file.getValue());
        }
        sharer.start(allTransports());
        bridge = swarm().peer("bridge");
        KilobyteProgram host = new KilobyteProgram();
        Path hosts = Files.writeString(swarm().elsewhere().resolve("hosts.txt"),
                "# the one host\nkilobyte://127.0.0.1:" + host.port() + "\n");
        bridge.start(allTransports("discovery.hosts-file=" + hosts));
        host.know(local(sharer.port("kilobyte")));
        host.know(local(bridge.port("kilobyte")));
        programs.put(Seed.KILOBYTE, host);
        programs.put(Seed.PDU, new PduProgram(index().port("pdu"), PduForm.DOCUMENT));
        programs.put(Seed.FIXED, new FixedProgram(index().port("fixed"), "fixed"));
        programs.put(Seed.SESSION, new SessionProgram(index().port("session")));
        programs.put(Seed.LINES, new LinesProgram(index().port("lines"), "lines"));
        for (Map.Entry<Seed, SeedProgram> program : programs.entrySet()) {
            program.getValue().offer(program.getKey().files());
        }
        awaitOffered("sharer", "n-");
        for (Seed seed : List.of(Seed.PDU, Seed.FIXED, Seed.SESSION, Seed.LINES)) {
            await().until(() -> offered("via = '" + seed.name().toLowerCase(Locale.ROOT) + "'", seed.prefix),
                    count -> count == seed.files().size());
        }
    }

    private static String[] allTransports(String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        for (String scheme : List.of("pdu", "fixed", "session", "lines", "kilobyte")) {
            settings.add("transport." + scheme + ".bind=127.0.0.1:0");
        }
        return settings.toArray(String[]::new);
    }

    @AfterAll
    void everybodyLeaves() throws IOException {
        for (SeedProgram program : programs.values()) {
            program.close();
        }
    }

    @Test
    void what_a_native_peer_shares_the_programs_of_all_seeds_fetch_at_once() throws Exception {
        fetchAll(List.of(Seed.values()), SampleFiles.all("n-"));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_seeds_program_shares_a_native_peer_gets_and_those_of_the_other_seeds_fetch_from_it(Seed seed)
            throws Exception {
        Map<String, byte[]> files = seed.files();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(bridge.command("get", file.getKey()).orFail()).as(file.getKey()).contains("not verified");
            assertThat(bridge.downloads().resolve(file.getKey())).as(file.getKey())
                    .hasBinaryContent(received(seed, file.getValue()));
        }
        awaitOffered("bridge", seed.prefix);
        files.replaceAll((_, bytes) -> received(seed, bytes));
        fetchAll(Arrays.stream(Seed.values()).filter(other -> other != seed).toList(), files);
    }

    /** What is received of a file: seed 001's protocol can't tell where in the last frame it ends. */
    private static byte[] received(Seed seed, byte[] file) {
        return seed == Seed.FIXED ? Arrays.copyOf(file, (file.length + FRAME - 1) / FRAME * FRAME) : file;
    }

    private void fetchAll(List<Seed> seeds, Map<String, byte[]> files) throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = seeds.stream().<Callable<Boolean>>map(seed -> () -> fetchAll(seed, files))
                    .toList();
            for (Future<Boolean> done : clients.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private boolean fetchAll(Seed seed, Map<String, byte[]> files) throws IOException {
        SeedProgram program = Objects.requireNonNull(programs.get(seed));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(program.fetch(file.getKey())).as("%s by %s", file.getKey(), seed)
                    .isEqualTo(received(seed, file.getValue()));
        }
        return true;
    }

    private void awaitOffered(String peer, String prefix) {
        await(peer + " to offer " + prefix).until(() -> offered("peer = '" + peer + "'", prefix),
                count -> count == Seed.PDU.files().size());
    }

    private long offered(String condition, String prefix) {
        return index().sql("SELECT DISTINCT content FROM current_mappings WHERE " + condition + " AND content LIKE '"
                + prefix + "%'").size();
    }
}
