package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Well-formed requests of every type, for each protocol over UDP: what mutations begin with. */
final class FuzzSamples {

    private static final int PDU = 102;
    private static final int FIXED = 101;
    private static final PeerIdentity PEER = new PeerIdentity("mallory", "00112233445566778899aabbccddeeff");
    private static final Content CONTENT = new Content("films/a film.mkv",
            Optional.of("sha256-tree:" + "ab".repeat(32)),
            5_000_000_000L);

    private FuzzSamples() {}

    /** By the protocol's name; those of the native one and of the tracker carry these connection ids. */
    static Map<String, List<byte[]>> of(long connectionId, long trackerConnectionId) {
        return Map.of("native", natives(connectionId), "pdu", pdus(), "fixed", fixed(), "tracker",
                tracker(trackerConnectionId));
    }

    private static List<byte[]> tracker(long connectionId) {
        InfoHash torrent = new InfoHash(1, 2, 3);
        Stream<dev.swarmdex.protocol.tracker.Request> announces = Arrays.stream(Event.values()).map(
                event -> new dev.swarmdex.protocol.tracker.Request.Announce(connectionId, 5, torrent,
                        event == Event.COMPLETED ? 0 : 1,
                        event, -1, 6881));
        Stream<dev.swarmdex.protocol.tracker.Request> others = Stream.of(
                new dev.swarmdex.protocol.tracker.Request.Connect(6),
                new dev.swarmdex.protocol.tracker.Request.Scrape(connectionId, 7, List.of(torrent, torrent)));
        return Stream.concat(announces, others).map(dev.swarmdex.protocol.tracker.RequestCodec::encode)
                .map(FuzzSamples::bytes).toList();
    }

    private static List<byte[]> natives(long connectionId) {
        List<Content> many = IntStream.range(0, 20).mapToObj(i -> new Content("many/" + i, Optional.empty(), i))
                .toList();
        Cursor far = new Cursor(3, 1);
        return Stream.of(new Request.Hello(),
                new Request.KeepAlive(PEER, List.of(new Endpoint("tcp", "", 7118), new Endpoint("tcp", "::1", 1)), 2,
                        77),
                new Request.Register(PEER, List.of(CONTENT)), new Request.Register(PEER, many),
                new Request.Deregister(PEER, List.of(new Name(CONTENT.name(), Optional.empty()))),
                new Request.Deregister(PEER, List.of()), new Request.SearchName(CONTENT.name(), Cursor.NONE),
                new Request.SearchId(CONTENT.id().orElseThrow(), Cursor.NONE),
                new Request.SearchWords(List.of("film", "a"), far), new Request.ListContents(far),
                new Request.ListPeers(Cursor.NONE),
                new Request.Report(PEER, CONTENT, Optional.of("alice"), 5, Duration.ofSeconds(3),
                        Request.Report.Result.FINISHED))
                .map(request -> bytes(RequestCodec.encode(new RequestPacket(7, connectionId, request)))).toList();
    }

    private static List<byte[]> pdus() {
        return Stream.of("R,8124;127.0.0.1;song.mp3", "R,song.mp3;8124;", "T,8124;127.0.0.1;song.mp3", "S,song.mp3",
                "D,song.mp3", "O, ", "E,1", "E,2").map(text -> padded(text, PDU)).toList();
    }

    private static List<byte[]> fixed() {
        return Stream.of("Ralice\0\0\0\0\0song\0\0\0\0\0\0" + "8124", "Salice\0\0\0\0\0song", "O",
                "Talice\0\0\0\0\0song", "Talice", "Talice\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Q")
                .map(text -> padded(text, FIXED)).toList();
    }

    private static byte[] padded(String text, int size) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), size);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
