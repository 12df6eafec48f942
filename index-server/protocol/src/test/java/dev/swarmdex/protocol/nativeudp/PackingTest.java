package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The largest legal values fit a datagram, and longer lists are split, never cut. */
class PackingTest {

    private static final String ID = "a".repeat(32) + ':' + "ab".repeat(64);
    private static final Content LONGEST_CONTENT = new Content("中".repeat(170) + "xx", Optional.of(ID), Long.MAX_VALUE);
    private static final PeerIdentity LONGEST_PEER = new PeerIdentity("é".repeat(32), "f".repeat(32));
    private static final List<Endpoint> MOST_ENDPOINTS = List.of(
            new Endpoint("abcdefghijklmnop", "h".repeat(255), 65_535),
            new Endpoint("abcdefghijklmnop", "i".repeat(177), 65_535));
    private static final Source LONGEST_SOURCE = new Source(LONGEST_PEER.name(), Instant.EPOCH, MOST_ENDPOINTS,
            Optional.of(new Load(1, 1000)));

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    private final RandomPackets packets = new RandomPackets(random);

    @Test
    void theLongestContentOfTheLongestPeerFitsARequest() {
        for (Request request : List.of(new Request.Register(LONGEST_PEER, List.of(LONGEST_CONTENT)),
                new Request.Report(LONGEST_PEER, LONGEST_CONTENT, Optional.of(LONGEST_PEER.name()), Long.MAX_VALUE,
                        Duration.ofDays(49), Request.Result.FAILED),
                new Request.KeepAlive(LONGEST_PEER, MOST_ENDPOINTS, Integer.MAX_VALUE, -1,
                        Optional.of(new Load(1, 1000))),
                new Request.SearchWords(List.of("w".repeat(64), "w".repeat(64), "w".repeat(64), "w".repeat(64),
                        "w".repeat(64), "w".repeat(64), "w".repeat(64), "w".repeat(64)), Cursor.NONE))) {
            assertThat(size(request)).isLessThanOrEqualTo(Limits.DATAGRAM);
        }
    }

    @Test
    void theLongestContentWithItsLongestSourceFitsAPage() {
        ContentsPage page = new ContentsPage();
        assertThat(page.add(LONGEST_CONTENT, LONGEST_SOURCE)).isTrue();
        assertThat(page.add(LONGEST_CONTENT, LONGEST_SOURCE)).isFalse();
        assertThat(size(page.reply(Cursor.NONE))).isBetween(Limits.DATAGRAM - 10, Limits.DATAGRAM);
    }

    @Test
    void theLongestPeerFitsAPage() {
        PeersPage page = new PeersPage();
        assertThat(page.add(new Reply.Peer(LONGEST_PEER.name(), MOST_ENDPOINTS))).isTrue();
        assertThat(page.add(new Reply.Peer(LONGEST_PEER.name(), MOST_ENDPOINTS))).isTrue();
        assertThat(page.add(new Reply.Peer(LONGEST_PEER.name(), MOST_ENDPOINTS))).isFalse();
        assertThat(page.reply(Cursor.NONE).peers()).hasSize(2);
    }

    @Test
    void registrationsCarryAllContentsInOrderAndAreFilled() {
        List<Content> contents = many(1_000, packets::content);

        List<Request.Register> requests = Request.Register.split(LONGEST_PEER, contents);

        assertThat(requests.stream().flatMap(request -> request.contents().stream()))
                .containsExactlyElementsOf(contents);
        for (int i = 1; i < requests.size(); i++) {
            Content next = requests.get(i).contents().getFirst();
            assertThat(size(requests.get(i - 1)) + next.wireSize()).isGreaterThan(Limits.DATAGRAM);
        }
    }

    @Test
    void deregistrationsCarryAllNamesInOrderAndAreFilled() {
        List<Name> names = many(1_000, () -> new Name(packets.content().name(), Optional.empty()));

        List<Request.Deregister> requests = Request.Deregister.split(LONGEST_PEER, names);

        assertThat(requests.stream().flatMap(request -> request.names().stream())).containsExactlyElementsOf(names);
        for (int i = 1; i < requests.size(); i++) {
            Name next = requests.get(i).names().getFirst();
            assertThat(size(requests.get(i - 1)) + next.wireSize()).isGreaterThan(Limits.DATAGRAM);
        }
    }

    @Test
    void splittingNothingSendsNothing_soThatNobodyLeavesByAccident() {
        assertThat(Request.Register.split(LONGEST_PEER, List.of())).isEmpty();
        assertThat(Request.Deregister.split(LONGEST_PEER, List.of())).isEmpty();
    }

    @Test
    void aMessageThatDoesNotFitCannotBeConstructed() {
        List<Content> two = List.of(LONGEST_CONTENT, LONGEST_CONTENT);
        Listing listing = new Listing(LONGEST_CONTENT, List.of(LONGEST_SOURCE, LONGEST_SOURCE));
        assertThatThrownBy(() -> new Request.Register(LONGEST_PEER, two)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit a datagram");
        assertThatThrownBy(() -> new Reply.Contents(List.of(listing), Cursor.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit a datagram");
    }

    @Test
    void aRegistrationThatFillsTheDatagramToTheLastByteIsFine() {
        int filled = size(new Request.Register(LONGEST_PEER, List.of(LONGEST_CONTENT)));
        int rest = Limits.DATAGRAM - filled - named(1).wireSize() + 1;

        var full = new Request.Register(LONGEST_PEER, List.of(LONGEST_CONTENT, named(rest)));

        assertThat(size(full)).isEqualTo(Limits.DATAGRAM);
        assertThatThrownBy(() -> new Request.Register(LONGEST_PEER, List.of(LONGEST_CONTENT, named(rest + 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pagesTogetherGiveEverySourceOnceAndInOrder() {
        List<Listing> index = many(50,
                () -> new Listing(packets.content(), many(random.nextInt(1, 20), packets::source)));

        List<Listing> received = new ArrayList<>();
        ContentsPage page = new ContentsPage();
        for (Listing listing : index) {
            for (Source source : listing.sources()) {
                if (!page.add(listing.content(), source)) {
                    received.addAll(page.reply(new Cursor(1, 1)).listings());
                    page = new ContentsPage();
                    assertThat(page.add(listing.content(), source)).isTrue();
                }
            }
        }
        received.addAll(page.reply(Cursor.NONE).listings());

        assertThat(flat(received)).isEqualTo(flat(index));
    }

    private static List<Object> flat(List<Listing> listings) {
        List<Object> flat = new ArrayList<>();
        for (Listing listing : listings) {
            listing.sources().forEach(source -> flat.add(List.of(listing.content(), source)));
        }
        return flat;
    }

    private static Content named(int length) {
        return new Content("n".repeat(length), Optional.empty(), 0);
    }

    private static <T> List<T> many(int count, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    private static int size(Request request) {
        return RequestCodec.encode(new RequestPacket(1, 1, request)).remaining();
    }

    private static int size(Reply reply) {
        return ReplyCodec.encode(new ReplyPacket(1, reply)).remaining();
    }
}
