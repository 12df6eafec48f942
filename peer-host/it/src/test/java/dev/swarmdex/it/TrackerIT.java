package dev.swarmdex.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Programs of BitTorrent that know nothing of Swarmdex use the index as their tracker. */
class TrackerIT extends WholeSystem {

    /** Transmission thinks for up to ten seconds whom to send to. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    @Timeout(400)
    void aria2_and_transmission_download_from_each_other_though_the_index_is_killed() throws Exception {
        index().start("frontend.tracker.bind=127.0.0.1:0");
        int port = index().port("tracker");
        Path folder = swarm().elsewhere();
        Path firsts = Files.createDirectories(folder.resolve("first"));
        TestFile film = TestFile.create(firsts.resolve("film.bin"), 3_000_000, 15);
        Path torrent = BitTorrentProgram.makeTorrent(film.path(), "udp://127.0.0.1:" + port + "/announce",
                folder);
        TrackerClient tracker = new TrackerClient(port, infoHash(torrent));
        Path transmissions = Files.createDirectories(folder.resolve("transmission"));
        Path aria2s = Files.createDirectories(folder.resolve("aria2"));

        try (BitTorrentProgram transmission = BitTorrentProgram.transmission(transmissions, torrent)) {
            // it calls nobody on this machine, but takes calls
            await().untilAsserted(() -> assertThat(tracker.scrape()).as(transmission::told)
                    .isEqualTo(new TrackerClient.Counts(0, 0, 1)));
            try (BitTorrentProgram aria2 = BitTorrentProgram.aria2("127.0.0.2", firsts, torrent,
                    "--seed-ratio=0")) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(transmissions.resolve("film.bin"))
                        .as(() -> aria2.told() + transmission.told()).exists().hasBinaryContent(film.bytes()));
                await().untilAsserted(
                        () -> assertThat(tracker.scrape()).isEqualTo(new TrackerClient.Counts(2, 1, 0)));
            }
            tracker.announceLeecher();
            TrackerClient.Counts before = tracker.scrape();
            assertThat(before).isEqualTo(new TrackerClient.Counts(2, 1, 1));
            await().untilAsserted(() -> assertThat(summary(tracker)).isEqualTo(before));

            index().process().kill();
            index().start("frontend.tracker.bind=127.0.0.1:" + port);
            assertThat(index().port("tracker")).isEqualTo(port);

            assertThat(tracker.scrape()).isEqualTo(before);
            try (BitTorrentProgram aria2 = BitTorrentProgram.aria2("127.0.0.3", aria2s, torrent, "--seed-ratio=0")) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(tracker.scrape())
                        .as(() -> aria2.told() + transmission.told()).isEqualTo(new TrackerClient.Counts(3, 2, 1)));
            }
            assertThat(aria2s.resolve("film.bin")).hasBinaryContent(film.bytes());
        }
        assertThat(index().sql("SELECT DISTINCT content_id FROM current_mappings WHERE scheme = 'bittorrent'")
                .valueStream().map(row -> row.path("content_id").stringValue()))
                .containsExactly("btih:" + tracker.infoHash());
    }

    private TrackerClient.Counts summary(TrackerClient tracker) {
        JsonNode row = index().sql("SELECT seeders, completed, leechers FROM swarm_summary WHERE content = '"
                + tracker.infoHash() + "'").path(0);
        return new TrackerClient.Counts(row.path("seeders").asInt(), row.path("completed").asInt(),
                row.path("leechers").asInt());
    }

    /** SHA-1 of the dictionary that is the file's last entry: its keys are in order, and none that is used comes later. */
    private static String infoHash(Path torrent) throws Exception {
        byte[] file = Files.readAllBytes(torrent);
        int info = new String(file, StandardCharsets.ISO_8859_1).indexOf("4:info") + "4:info".length();
        byte[] dictionary = Arrays.copyOfRange(file, info, file.length - 1);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(dictionary));
    }
}
