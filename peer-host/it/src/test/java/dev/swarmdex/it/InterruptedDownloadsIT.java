package dev.swarmdex.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Downloads in the middle of which something else goes wrong than a source. */
class InterruptedDownloadsIT extends WholeSystem {

    private static final int SIZE = 12_000_000;
    private static final int HALF = SIZE / 2;
    private static final int PIECE = 64 << 10;
    /** What is on its way when the road is closed, and what comes beside the pieces. */
    private static final int SLACK = 2_000_000;

    @Test
    void an_index_that_is_away_for_the_whole_download_is_not_missed() throws Exception {
        index().start();
        try (Road toAlice = new Road(HALF)) {
            TestFile film = offered(toAlice);
            Peer dora = swarm().runningPeer("dora");
            dora.awaitListed("film.mkv", "alice");
            RunningProgram get = dora.begin("get", "film.mkv", "--json");
            toAlice.awaitHeld();

            index().process().kill();
            toAlice.open();

            assertThat(get.awaitEnd().lastJson().path("id").asString()).isEqualTo(film.id());
            assertThat(dora.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
        }
    }

    @Test
    void a_host_that_is_killed_goes_on_where_it_was_and_two_commands_share_the_download() throws Exception {
        index().start();
        try (Road toAlice = new Road(HALF)) {
            TestFile film = offered(toAlice);
            Peer dora = swarm().runningPeer("dora");
            dora.awaitListed("film.mkv", "alice");
            RunningProgram lost = dora.begin("get", "film.mkv");
            toAlice.awaitHeld();
            Path part = dora.downloads().resolve("film.mkv.part");
            awaitSafe(part);

            dora.process().kill();
            lost.awaitEnd();
            toAlice.open();
            dora.start();
            RunningProgram first = dora.begin("get", "film.mkv", "--json");
            RunningProgram second = dora.begin("get", "film.mkv", "--json");

            JsonNode got = first.awaitEnd().lastJson();
            assertThat(second.awaitEnd().lastJson().path("path")).isEqualTo(got.path("path"));
            assertThat(dora.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
            assertThat(got.path("from").path("alice").asLong()).isBetween(1L, (long) SIZE - HALF + SLACK);
            assertThat(part).doesNotExist();
        }
    }

    @Test
    void a_disk_that_is_full_is_told_plainly_and_the_download_goes_on_when_there_is_room() throws Exception {
        index().start();
        try (Road toAlice = new Road(HALF)) {
            TestFile film = offered(toAlice);
            Peer dora = swarm().peer("dora");
            Path disk = Files.createDirectories(dora.downloads());
            assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()), "takes root");
            try {
                dora.start();
                dora.awaitListed("film.mkv", "alice");
                RunningProgram get = dora.begin("get", "film.mkv");
                toAlice.awaitHeld();
                awaitSafe(disk.resolve("film.mkv.part"));
                Path hog = disk.resolve("hog.part");
                fill(hog);
                toAlice.open();

                assertThat(get.awaitEnd().complaint(1)).contains("No space left on device", "run the command again");

                Files.delete(hog);
                JsonNode got = dora.command("get", "film.mkv", "--json").lastJson();
                assertThat(disk.resolve("film.mkv")).hasBinaryContent(film.bytes());
                assertThat(got.path("from").path("alice").asLong()).isBetween(1L, (long) SIZE - 1);
                dora.process().terminate();
            } finally {
                dora.process().kill();
                run("umount", disk.toString());
            }
        }
    }

    /** Waits until nearly all that the road has let through would outlast a crash. */
    private static void awaitSafe(Path part) {
        await("pieces in the note").until(() -> safePieces(part), pieces -> pieces >= (HALF - SLACK) / PIECE);
    }

    /** How many pieces the note beside a part file claims. */
    private static int safePieces(Path part) throws IOException {
        try (DataInputStream in = new DataInputStream(
                Files.newInputStream(part.resolveSibling(part.getFileName() + ".pieces")))) {
            in.readUTF();
            in.readLong();
            return BitSet.valueOf(in.readNBytes(in.readInt())).cardinality();
        } catch (NoSuchFileException notYet) {
            return 0;
        }
    }

    private static void fill(Path hog) throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(hog)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private TestFile offered(Road road) throws IOException {
        TestFile film = TestFile.create(swarm().elsewhere().resolve("film.mkv"), SIZE, 1);
        Peer alice = swarm().peer("alice");
        Files.copy(film.path(), alice.shared().resolve(film.name()));
        alice.start(road.setting());
        road.leadTo(alice);
        return film;
    }
}
