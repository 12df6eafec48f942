package dev.swarmdex.protocol.nativeudp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** The bytes in the README are those that the codecs write and read. */
class GoldenVectorsTest {

    static final long CONNECTION = 0x1122334455667788L;
    static final Content FILM = new Content("film.mkv",
            Optional.of("sha256-tree:101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"),
            5_000_000_000L);
    static final Content SUMMER = new Content("été.txt", Optional.empty(), -1);

    private static final PeerIdentity ALICE = new PeerIdentity("alice", "000102030405060708090a0b0c0d0e0f");
    private static final Cursor MORE = new Cursor(41, -2);
    private static final Instant SINCE = Instant.ofEpochMilli(1_750_000_000_123L);

    private static final Map<String, RequestPacket> REQUESTS = Map.ofEntries(
            entry("request H: hello", new RequestPacket(1, 0, new Request.Hello())),
            entry("request K: alice with two endpoints, the first at the address she sends from; 2 mappings, 3 uploads at 12.5 MB/s",
                    request(2,
                            new Request.KeepAlive(ALICE,
                                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("pdu", "192.0.2.7", 8124)), 2,
                                    ListDigest.of(List.of(FILM, SUMMER)).value(),
                                    Optional.of(new Load(3, 12_500_000))))),
            entry("request K: alice with one endpoint and nothing to offer; she does not tell her load",
                    request(13,
                            new Request.KeepAlive(ALICE, List.of(new Endpoint("tcp", "", 7118)), 0, 0))),
            entry("request R: two contents, one of them known by name only",
                    request(3, new Request.Register(ALICE, List.of(FILM, SUMMER)))),
            entry("request T: one content by name and id, one by name",
                    request(4,
                            new Request.Deregister(ALICE,
                                    List.of(new Name(FILM.name(), FILM.id()),
                                            new Name(SUMMER.name(), Optional.empty()))))),
            entry("request T: everything", request(5, Request.Deregister.everything(ALICE))),
            entry("request S: by name, from the start", request(6, new Request.SearchName("film.mkv", Cursor.NONE))),
            entry("request S: by id, after a cursor",
                    request(7, new Request.SearchId("x-md5:a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", MORE))),
            entry("request S: by words", request(8, new Request.SearchWords(List.of("film", "été"), Cursor.NONE))),
            entry("request O: contents", request(9, new Request.ListContents(Cursor.NONE))),
            entry("request O: peers", request(10, new Request.ListPeers(Cursor.NONE))),
            entry("request D: finished, from bob",
                    request(11,
                            new Request.Report(ALICE, FILM, Optional.of("bob"), 5_000_000_000L,
                                    Duration.ofMillis(61_500), Request.Result.FINISHED))),
            entry("request D: wrong bytes, from several", request(12, new Request.Report(ALICE, FILM, Optional.empty(),
                    4096, Duration.ofMillis(20), Request.Result.WRONG_BYTES))));

    private static final Map<String, ReplyPacket> REPLIES = Map.ofEntries(
            entry("reply H: a connection id", new ReplyPacket(1, new Reply.Welcome(CONNECTION))),
            entry("reply K: a lease of two minutes, list confirmed",
                    new ReplyPacket(2, new Reply.Alive(Duration.ofMinutes(2), true))),
            entry("reply A: done, unchanged, not registered, refused",
                    new ReplyPacket(3,
                            new Reply.Done(List.of(Reply.Outcome.DONE, Reply.Outcome.UNCHANGED,
                                    Reply.Outcome.NOT_REGISTERED, Reply.Outcome.REFUSED)))),
            entry("reply S: one content with two sources, of which the second told its load, and a cursor to more",
                    new ReplyPacket(6,
                            new Reply.Contents(List.of(new Listing(FILM, List.of(
                                    new Source("alice", SINCE, List.of(new Endpoint("tcp", "2001:db8::7", 7118))),
                                    new Source("bob", SINCE.plusMillis(1),
                                            List.of(new Endpoint("tcp", "192.0.2.8", 7118),
                                                    new Endpoint("pdu", "192.0.2.8", 8124)),
                                            Optional.of(new Load(3, 12_500_000)))))),
                                    MORE))),
            entry("reply S: nothing found", new ReplyPacket(7, new Reply.Contents(List.of(), Cursor.NONE))),
            entry("reply O: one peer, the last",
                    new ReplyPacket(10,
                            new Reply.Peers(
                                    List.of(new Reply.Peer("alice", List.of(new Endpoint("tcp", "192.0.2.7", 7118)))),
                                    Cursor.NONE))),
            entry("reply E: busy, try again in a second and a half",
                    new ReplyPacket(3,
                            new Reply.Refused(Reply.Reason.BUSY, Duration.ofMillis(1500),
                                    "too many requests; try again later"))),
            entry("reply E: another version",
                    new ReplyPacket(1, new Reply.Refused(Reply.Reason.VERSION,
                            "version 2 is not spoken here, use version 1"))));

    @Test
    void requestsAreTheBytesOfTheReadme() throws IOException, MalformedPacketException {
        Map<String, ByteBuffer> vectors = Vectors.startingWith("request ");
        Map<String, RequestPacket> read = new HashMap<>();
        for (var vector : vectors.entrySet()) {
            read.put(vector.getKey(), RequestCodec.decode(vector.getValue()));
        }
        assertThat(read).isEqualTo(REQUESTS);

        Map<String, ByteBuffer> written = new HashMap<>();
        REQUESTS.forEach((title, packet) -> written.put(title, RequestCodec.encode(packet)));
        assertThat(written).isEqualTo(vectors);
    }

    @Test
    void repliesAreTheBytesOfTheReadme() throws IOException, MalformedPacketException {
        Map<String, ByteBuffer> vectors = Vectors.startingWith("reply ");
        Map<String, ReplyPacket> read = new HashMap<>();
        for (var vector : vectors.entrySet()) {
            read.put(vector.getKey(), ReplyCodec.decode(vector.getValue()));
        }
        assertThat(read).isEqualTo(REPLIES);

        Map<String, ByteBuffer> written = new HashMap<>();
        REPLIES.forEach((title, packet) -> written.put(title, ReplyCodec.encode(packet)));
        assertThat(written).isEqualTo(vectors);
    }

    @Test
    void digestsAreTheNumbersOfTheReadme() throws IOException {
        Map<String, Long> digests = new HashMap<>();
        Vectors.startingWith("digest ").forEach((title, bytes) -> digests.put(title, bytes.getLong()));
        assertThat(digests).isEqualTo(Map.of(
                "digest of film.mkv", ListDigest.of(List.of(FILM)).value(),
                "digest of été.txt", ListDigest.of(List.of(SUMMER)).value(),
                "digest of both", ListDigest.of(List.of(FILM, SUMMER)).value()));
    }

    private static RequestPacket request(int requestId, Request request) {
        return new RequestPacket(requestId, CONNECTION, request);
    }
}
