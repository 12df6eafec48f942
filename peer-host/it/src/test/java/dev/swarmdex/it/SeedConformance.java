package dev.swarmdex.it;

import dev.swarmdex.it.seed.FixedClient;
import dev.swarmdex.it.seed.LinesClient;
import dev.swarmdex.it.seed.PduClient;
import dev.swarmdex.it.seed.SessionClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;

/**
 * Tests in which programs of the seeds meet the real ones. One index server that speaks every protocol runs for all tests
 * of a class, so each of them uses names of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeedConformance extends RealPrograms {

    private static final String[] ALL_PROTOCOLS = {"frontend.pdu.bind=127.0.0.1:0", "frontend.fixed.bind=127.0.0.1:0",
            "frontend.session.bind=127.0.0.1:0", "frontend.lines.bind=127.0.0.1:0"};

    private final List<Swarm> swarms = new ArrayList<>();
    private Path folder;

    @BeforeAll
    void begin(@TempDir Path classFolder) throws IOException {
        folder = classFolder;
        anotherSwarm("swarm");
    }

    @AfterAll
    void end() throws InterruptedException {
        for (Swarm each : swarms) {
            each.killAll();
        }
    }

    /** Another swarm, with an index that speaks every protocol and has these settings. */
    final Swarm anotherSwarm(String name, String... settings) throws IOException {
        Swarm swarm = new Swarm(Files.createDirectories(folder.resolve(name)));
        swarms.add(swarm);
        swarm.index().start(Stream.of(ALL_PROTOCOLS, settings).flatMap(Stream::of).toArray(String[]::new));
        return swarm;
    }

    @Override
    final Swarm swarm() {
        return swarms.getFirst();
    }

    final Index index() {
        return swarm().index();
    }

    final PduClient pdu() throws IOException {
        return new PduClient(index().port("pdu"));
    }

    final FixedClient fixed(String peer) throws IOException {
        return new FixedClient(index().port("fixed"), peer);
    }

    final SessionClient session() throws IOException {
        return new SessionClient(index().port("session"));
    }

    final LinesClient lines(String user, int miniServerPort) throws IOException {
        return new LinesClient(index().port("lines"), user, miniServerPort);
    }

    /** What the index knows of a content: a line for each time that somebody offered it, in the order of time. */
    final List<String> historyOf(String content) {
        return index().sql("SELECT scheme, host, port, via, ended_by FROM mapping_history WHERE content = '" + content
                + "' ORDER BY since").valueStream()
                .map(row -> "%s://%s:%s via %s, %s".formatted(row.path("scheme").asString(),
                        row.path("host").asString(), row.path("port").asString(), row.path("via").asString(),
                        row.path("ended_by").asString("open")))
                .toList();
    }

    /** Waits until the index knows that of a content. */
    final void awaitHistoryOf(String content, String... lines) {
        await(content + ": " + List.of(lines)).until(() -> historyOf(content), List.of(lines)::equals);
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }
}
