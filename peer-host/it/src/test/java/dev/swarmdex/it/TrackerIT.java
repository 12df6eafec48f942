package dev.swarmdex.it;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import dev.swarmdex.protocol.tracker.Reply;
import dev.swarmdex.protocol.tracker.ReplyCodec;
import dev.swarmdex.protocol.tracker.Request;
import dev.swarmdex.protocol.tracker.RequestCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Programs of BitTorrent that know nothing of Swarmdex use the index as their tracker. */
class TrackerIT extends WholeSystem {

    private static final int DISCARD = 9;

    @Test
    @Timeout(240) // Transmission thinks for up to ten seconds whom to send to
    void aria2_and_transmission_download_from_each_other_though_the_index_is_killed() throws Exception {
        index().start("frontend.tracker.bind=127.0.0.1:0");
        int port = index().port("tracker");
        Path folder = swarm().elsewhere();
        TestFile film = TestFile.create(folder.resolve("first/film.bin"), 3_000_000, 15);
        Path torrent = BitTorrentProgram.makeTorrent(film.path(), "udp://127.0.0.1:" + port + "/announce",
                folder.resolve("film.torrent"));
        InfoHash infoHash = infoHash(torrent);
        Path transmissions = Files.createDirectories(folder.resolve("transmission"));
        Path aria2s = Files.createDirectories(folder.resolve("aria2"));

        try (BitTorrentProgram transmission = BitTorrentProgram.transmission(transmissions, torrent)) {
            // it calls nobody on this machine, but takes calls
            await().untilAsserted(() -> assertThat(scrape(port, infoHash)).as(transmission::told)
                    .isEqualTo(new Reply.Counts(0, 0, 1)));
            try (BitTorrentProgram aria2 = BitTorrentProgram.aria2("127.0.0.2", film.path().getParent(), torrent,
                    "--seed-ratio=0")) {
                await().untilAsserted(() -> assertThat(transmissions.resolve("film.bin"))
                        .as(() -> aria2.told() + transmission.told()).exists().hasBinaryContent(film.bytes()));
                await().untilAsserted(
                        () -> assertThat(scrape(port, infoHash)).isEqualTo(new Reply.Counts(2, 1, 0)));
            }
            announce(port, infoHash, 1000);
            Reply.Counts before = scrape(port, infoHash);
            assertThat(before).isEqualTo(new Reply.Counts(2, 1, 1));
            await().untilAsserted(() -> assertThat(summary(infoHash)).isEqualTo(before));

            index().process().kill();
            index().start("frontend.tracker.bind=127.0.0.1:" + port);
            assertThat(index().port("tracker")).isEqualTo(port);

            assertThat(scrape(port, infoHash)).isEqualTo(before);
            try (BitTorrentProgram aria2 = BitTorrentProgram.aria2("127.0.0.3", aria2s, torrent, "--seed-ratio=0")) {
                await().untilAsserted(() -> assertThat(scrape(port, infoHash))
                        .as(() -> aria2.told() + transmission.told()).isEqualTo(new Reply.Counts(3, 2, 1)));
            }
            assertThat(aria2s.resolve("film.bin")).hasBinaryContent(film.bytes());
        }
        assertThat(index().sql("SELECT DISTINCT content_id FROM current_mappings WHERE scheme = 'bittorrent'")
                .valueStream().map(row -> row.path("content_id").stringValue()))
                .containsExactly("btih:" + infoHash.hex());
    }

    private Reply.Counts summary(InfoHash infoHash) {
        JsonNode row = index().sql("SELECT seeders, completed, leechers FROM swarm_summary WHERE content = '"
                + infoHash.hex() + "'").path(0);
        return new Reply.Counts(row.path("seeders").asInt(), row.path("completed").asInt(),
                row.path("leechers").asInt());
    }

    /** SHA-1 of the dictionary that is the file's last entry: its keys are in order, and none that is used comes later. */
    private static InfoHash infoHash(Path torrent) throws Exception {
        byte[] file = Files.readAllBytes(torrent);
        int info = new String(file, StandardCharsets.ISO_8859_1).indexOf("4:info") + "4:info".length();
        byte[] dictionary = Arrays.copyOfRange(file, info, file.length - 1);
        return InfoHash.ofHex(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(dictionary)));
    }

    private static Reply.Counts scrape(int port, InfoHash infoHash) throws IOException {
        return ((Reply.Scraped) ask(port, id -> new Request.Scrape(id, 1, List.of(infoHash)))).swarms().getFirst();
    }

    /** Takes part as somebody who takes no calls. */
    private static void announce(int port, InfoHash infoHash, long left) throws IOException {
        assertThat(ask(port, id -> new Request.Announce(id, 1, infoHash, left, Event.STARTED, 0, DISCARD)))
                .isInstanceOf(Reply.Announced.class);
    }

    private interface Asking {

        Request with(long connectionId);
    }

    private static Reply ask(int port, Asking request) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            socket.setSoTimeout(10_000);
            Reply.Connected connected = (Reply.Connected) exchange(socket, new Request.Connect(1));
            return exchange(socket, request.with(connected.connectionId()));
        }
    }

    private static Reply exchange(DatagramSocket socket, Request request) throws IOException {
        ByteBuffer datagram = RequestCodec.encode(request);
        socket.send(new DatagramPacket(datagram.array(), datagram.remaining()));
        DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
        socket.receive(reply);
        try {
            return ReplyCodec.decode(ByteBuffer.wrap(reply.getData(), 0, reply.getLength()), true);
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }
}
