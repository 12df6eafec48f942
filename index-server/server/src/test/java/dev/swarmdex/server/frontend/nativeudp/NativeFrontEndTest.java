package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Limits;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Load;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Outcome;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.protocol.nativeudp.Source;
import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

class NativeFrontEndTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String FILM_ID = "sha256-tree:" + "ab".repeat(32);
    private static final Content FILM = new Content("a film.mkv", Optional.of(FILM_ID), 5_000_000_000L);
    private static final Content SONG = new Content("A song.ogg", Optional.empty(), -1);

    @TempDir
    Path folder;
    private final FakeTime time = new FakeTime();
    private final Guard guard = new Guard(time);
    private InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;
    @SuppressWarnings("NullAway.Init")
    private NativeFrontEnd frontEnd;
    @SuppressWarnings("NullAway.Init")
    private NativeClient client;

    @BeforeEach
    void open() throws Exception {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS));
        service = new IndexService(store, Map.of(NativeFrontEnd.PROTOCOL, LEASE), time);
        service.start();
        frontEnd = new NativeFrontEnd(bind, UdpEngine.AUTO, service, guard, time);
        frontEnd.start();
        client = new NativeClient(frontEnd.address());
    }

    @AfterEach
    void close() {
        client.close();
        frontEnd.close();
        service.close();
        store.close();
    }

    private void restart() throws Exception {
        close();
        open();
    }

    private static Reason reason(Reply reply) {
        return ((Reply.Refused) reply).reason();
    }

    private static List<Outcome> outcomes(Reply reply) {
        return ((Reply.Done) reply).outcomes();
    }

    private static boolean confirmed(Reply reply) {
        return ((Reply.Alive) reply).confirmed();
    }

    @Test
    void registered_contents_are_found_by_name_by_id_and_by_words() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        client.share("alice", FILM, SONG);
        Reply.Contents byName = client.search(FILM.name());
        Reply byId = client.ask(new Request.SearchId(FILM_ID, Cursor.NONE));
        Reply byWords = client.ask(new Request.SearchWords(List.of("FILM", "mkv"), Cursor.NONE));
        assertThat(byName.next()).isEqualTo(Cursor.NONE);
        assertThat(byName.listings()).singleElement().satisfies(listing -> {
            assertThat(listing.content()).isEqualTo(FILM);
            Source source = listing.sources().getFirst();
            assertThat(source.peer()).isEqualTo("alice");
            assertThat(source.since()).isBetween(before, Instant.now());
            assertThat(source.endpoints()).containsExactly(new Endpoint("tcp", "127.0.0.1", 7118));
        });
        assertThat(byId).isEqualTo(byName);
        assertThat(byWords).isEqualTo(byName);
        assertThat(client.search("a film").listings()).isEmpty();
    }

    @Test
    void sources_come_with_the_load_that_the_peer_last_told_until_a_restart() throws Exception {
        client.share("alice", FILM);
        assertThat(loadOfAlice()).isEmpty();
        tellLoad(Optional.of(new Load(3, 20_000_000)));
        tellLoad(Optional.of(new Load(2, 10_000_000)));
        assertThat(loadOfAlice()).contains(new Load(2, 10_000_000));
        tellLoad(Optional.empty());
        assertThat(loadOfAlice()).isEmpty();

        tellLoad(Optional.of(new Load(1, 1_000_000)));
        restart();
        client.hello();
        assertThat(loadOfAlice()).isEmpty();
    }

    private void tellLoad(Optional<Load> load) throws IOException {
        ListDigest digest = ListDigest.of(List.of(FILM));
        assertThat(client.ask(new Request.KeepAlive(NativeClient.peer("alice"),
                List.of(new Endpoint("tcp", "", 7118)), digest.mappings(), digest.value(), load)))
                .isInstanceOf(Reply.Alive.class);
    }

    private Optional<Load> loadOfAlice() throws IOException {
        return client.search(FILM.name()).listings().getFirst().sources().getFirst().load();
    }

    @Test
    void contents_and_peers_are_listed() throws Exception {
        client.share("alice", FILM, SONG);
        client.share("bob", SONG);
        Reply.Contents contents = (Reply.Contents) client.ask(new Request.ListContents(Cursor.NONE));
        assertThat(contents.listings()).extracting(Listing::content).containsExactly(FILM, SONG);
        assertThat(contents.listings().get(1).sources()).extracting(Source::peer).containsExactly("alice", "bob");
        Reply.Peers peers = (Reply.Peers) client.ask(new Request.ListPeers(Cursor.NONE));
        List<Endpoint> here = List.of(new Endpoint("tcp", "127.0.0.1", 7118));
        assertThat(peers.peers()).containsExactly(new Reply.Peer("alice", here), new Reply.Peer("bob", here));
        assertThat(peers.next()).isEqualTo(Cursor.NONE);
    }

    @Test
    void registering_twice_changes_nothing_and_deregistering_says_what_was_there() throws Exception {
        client.share("alice", FILM);
        assertThat(outcomes(client.register("alice", FILM, SONG))).containsExactly(Outcome.UNCHANGED, Outcome.DONE);
        PeerIdentity alice = NativeClient.peer("alice");
        Name film = new Name(FILM.name(), FILM.id());
        assertThat(outcomes(client.ask(new Request.Deregister(alice, List.of(film, film)))))
                .containsExactly(Outcome.DONE, Outcome.NOT_REGISTERED);
        assertThat(client.search(FILM.name()).listings()).isEmpty();
        assertThat(client.search(SONG.name()).listings()).hasSize(1);
    }

    @Test
    void an_empty_deregistration_ends_everything_and_may_be_repeated() throws Exception {
        client.share("alice", FILM, SONG);
        Request leave = Request.Deregister.everything(NativeClient.peer("alice"));
        assertThat(outcomes(client.ask(leave))).isEmpty();
        assertThat(outcomes(client.ask(leave))).isEmpty();
        assertThat(client.search(FILM.name()).listings()).isEmpty();
        assertThat(reason(client.register("alice", FILM))).isEqualTo(Reason.UNKNOWN_PEER);
    }

    @Test
    void a_keep_alive_tells_whether_the_lists_are_the_same() throws Exception {
        client.hello();
        assertThat(client.keepAlive("alice")).isEqualTo(new Reply.Alive(LEASE, true));
        assertThat(confirmed(client.keepAlive("alice", FILM))).isFalse();
        client.register("alice", FILM);
        assertThat(confirmed(client.keepAlive("alice", FILM))).isTrue();
        assertThat(confirmed(client.keepAlive("alice", FILM))).isTrue();
        assertThat(confirmed(client.keepAlive("alice", SONG))).isFalse();
        client.register("alice", SONG);
        assertThat(confirmed(client.keepAlive("alice", SONG, FILM))).isTrue();
    }

    @Test
    void after_a_restart_one_keep_alive_confirms_a_whole_list() throws Exception {
        client.share("alice", FILM, SONG);
        restart();
        client.hello();
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
        assertThat(confirmed(client.keepAlive("alice", FILM, SONG))).isTrue();
        time.pass(LEASE);
        client.hello();
        client.keepAlive("alice", FILM, SONG);
        time.pass(LEASE.plusSeconds(1));
        client.hello();
        await().untilAsserted(() -> assertThat(client.search(FILM.name()).listings()).isEmpty());
    }

    @Test
    void a_live_peers_name_is_refused_to_another_and_so_are_its_mappings() throws Exception {
        client.share("alice", FILM);
        PeerIdentity thief = new PeerIdentity("alice", "f".repeat(32));
        List<Endpoint> endpoints = List.of(new Endpoint("tcp", "", 1));
        Reply refused = client.ask(new Request.KeepAlive(thief, endpoints, 0, 0));
        assertThat(reason(refused)).isEqualTo(Reason.NAME_IN_USE);
        assertThat(((Reply.Refused) refused).message()).startsWith("the name alice belongs to another peer");
        assertThat(reason(client.ask(new Request.Register(thief, List.of(SONG))))).isEqualTo(Reason.UNKNOWN_PEER);
        Name film = new Name(FILM.name(), Optional.empty());
        assertThat(reason(client.ask(new Request.Deregister(thief, List.of(film))))).isEqualTo(Reason.UNKNOWN_PEER);
        assertThat(outcomes(client.ask(Request.Deregister.everything(thief)))).isEmpty();
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
    }

    @Test
    void a_download_is_reported_by_who_has_joined_and_by_who_never_does() throws Exception {
        client.hello();
        client.keepAlive("alice");
        Request.Report report = report(NativeClient.peer("alice"));
        assertThat(outcomes(client.ask(report))).containsExactly(Outcome.DONE);
        assertThat(outcomes(client.ask(report))).containsExactly(Outcome.DONE);
        assertThat(outcomes(client.ask(report(NativeClient.peer("visitor"))))).containsExactly(Outcome.DONE);
    }

    @Test
    void nobody_reports_downloads_in_the_name_of_a_live_peer() throws Exception {
        client.hello();
        client.keepAlive("alice");
        assertThat(reason(client.ask(report(new PeerIdentity("alice", "f".repeat(32))))))
                .isEqualTo(Reason.NAME_IN_USE);
    }

    private static Request.Report report(PeerIdentity peer) {
        return new Request.Report(peer, FILM, Optional.of("bob"), 5, Duration.ofSeconds(2), Request.Result.FINISHED);
    }

    @Test
    void a_long_list_comes_in_pages_without_gap_or_repetition() throws Exception {
        Content[] many = new Content[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Content("file " + i + "x".repeat(i % 90), Optional.of("sha256-tree:%064x".formatted(i)), i);
        }
        client.share("alice", many);
        client.share("bob", many);
        List<Map.Entry<String, String>> seen = new ArrayList<>();
        forAllPages(Request.ListContents::new, listing -> listing.sources()
                .forEach(source -> seen.add(entry(source.peer(), listing.content().name()))));
        assertThat(seen).hasSize(600).doesNotHaveDuplicates();
        int[] found = {0};
        forAllPages(cursor -> new Request.SearchWords(List.of("file"), cursor),
                listing -> found[0] += listing.sources().size());
        assertThat(found[0]).isEqualTo(600);
    }

    private void forAllPages(Function<Cursor, Request> request, Consumer<Listing> visitor)
            throws Exception {
        Cursor cursor = Cursor.NONE;
        do {
            Reply.Contents page = (Reply.Contents) client.ask(request.apply(cursor));
            page.listings().forEach(visitor);
            cursor = page.next();
        } while (!cursor.equals(Cursor.NONE));
    }

    @Test
    void many_peers_come_in_pages_without_gap_or_repetition() throws Exception {
        client.hello();
        for (int i = 0; i < 150; i++) {
            client.keepAlive("peer-" + i);
        }
        List<String> seen = new ArrayList<>();
        Cursor cursor = Cursor.NONE;
        do {
            Reply.Peers page = (Reply.Peers) client.ask(new Request.ListPeers(cursor));
            page.peers().forEach(peer -> seen.add(peer.name()));
            cursor = page.next();
        } while (!cursor.equals(Cursor.NONE));
        assertThat(seen).hasSize(150).doesNotHaveDuplicates();
    }

    @Test
    void without_a_connection_id_nothing_is_done() throws Exception {
        for (Request request : List.of(new Request.Register(NativeClient.peer("alice"), List.of(FILM)),
                new Request.KeepAlive(NativeClient.peer("alice"), List.of(new Endpoint("tcp", "", 1)), 0, 0),
                new Request.ListPeers(Cursor.NONE), new Request.SearchName("x", Cursor.NONE))) {
            assertThat(reason(client.ask(request))).isEqualTo(Reason.STALE_CONNECTION);
        }
        assertThat(service.lookups().sessions()).isEmpty();
        assertThat(frontEnd.tally().unproven()).isEqualTo(4);
    }

    @Test
    void the_connection_id_of_one_address_is_no_good_from_another() throws Exception {
        long id = client.hello();
        try (NativeClient other = new NativeClient(frontEnd.address())) {
            other.use(id);
            assertThat(reason(other.ask(new Request.ListPeers(Cursor.NONE)))).isEqualTo(Reason.STALE_CONNECTION);
        }
        assertThat(client.ask(new Request.ListPeers(Cursor.NONE))).isInstanceOf(Reply.Peers.class);
    }

    @Test
    void an_old_connection_id_is_stale() throws Exception {
        client.hello();
        time.pass(ConnectionIds.SLOT.multipliedBy(2));
        assertThat(reason(client.ask(new Request.ListPeers(Cursor.NONE)))).isEqualTo(Reason.STALE_CONNECTION);
    }

    @Test
    void before_the_address_is_proven_no_reply_is_larger_than_its_request() throws Exception {
        client.share("alice", FILM);
        Random random = new Random(7);
        List<Request> requests = List.of(new Request.Hello(), new Request.ListContents(Cursor.NONE),
                new Request.SearchName("a", Cursor.NONE), new Request.SearchName(FILM.name(), Cursor.NONE));
        try (NativeClient unproven = new NativeClient(frontEnd.address())) {
            for (Request request : requests) {
                ByteBuffer bytes = RequestCodec.encode(new RequestPacket(1, random.nextLong(), request));
                assertThat(unproven.exchange(bytes.duplicate()).orElseThrow().remaining()).as(request.toString())
                        .isLessThanOrEqualTo(bytes.remaining());
                for (int length = Limits.REQUEST_HEADER; length < bytes.remaining(); length++) {
                    ByteBuffer cut = bytes.duplicate().limit(length);
                    assertThat(unproven.exchange(cut.duplicate()).orElseThrow().remaining())
                            .isLessThanOrEqualTo(length);
                }
            }
        }
    }

    @Test
    void another_version_and_an_unknown_type_are_refused_with_a_reason() throws Exception {
        ByteBuffer hello = RequestCodec.encode(new RequestPacket(9, 0, new Request.Hello()));
        assertThat(refusal(hello.duplicate().put(0, (byte) 2)).reason()).isEqualTo(Reason.VERSION);
        ByteBuffer unknown = RequestCodec.encode(new RequestPacket(9, 0, new Request.Hello()));
        assertThat(refusal(unknown.put(1, (byte) 'Z'))).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refused.message()).isEqualTo("there is no request of type Z");
        });
        assertThat(frontEnd.tally().malformed()).isEqualTo(2);
    }

    private Reply.Refused refusal(ByteBuffer request) throws Exception {
        return (Reply.Refused) ReplyCodec.decode(client.exchange(request).orElseThrow()).reply();
    }

    @Test
    void garbage_gets_silence_and_a_counter_and_serving_goes_on() throws Exception {
        client.share("alice", FILM);
        try (NativeClient stranger = new NativeClient(frontEnd.address())) {
            Random random = new Random(11);
            for (int i = 0; i < 500; i++) {
                byte[] bytes = new byte[random.nextInt(1500)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    bytes[0] = (byte) (bytes[0] | 0x10);
                }
                stranger.send(ByteBuffer.wrap(bytes));
            }
            assertThat(stranger.hearsNothing()).isTrue();
        }
        await().untilAsserted(() -> assertThat(frontEnd.tally().ignored()).isEqualTo(500));
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
    }

    @Test
    void mutated_requests_never_stop_the_server_nor_get_a_wrong_answer_to_others() throws Exception {
        client.share("alice", FILM);
        Random random = new Random(13);
        try (NativeClient stranger = new NativeClient(frontEnd.address())) {
            long id = stranger.hello();
            ByteBuffer seed = RequestCodec.encode(
                    new RequestPacket(1, id, new Request.Register(NativeClient.peer("mallory"), List.of(FILM, SONG))));
            for (int i = 0; i < 3000; i++) {
                byte[] bytes = new byte[seed.remaining()];
                seed.duplicate().get(bytes);
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    int at = random.nextInt(3) == 0 ? 14 + random.nextInt(bytes.length - 14)
                            : random.nextInt(bytes.length);
                    bytes[at] = (byte) random.nextInt(256);
                }
                stranger.send(ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length)));
                if (i % 100 == 0) {
                    assertThat(client.search(FILM.name()).listings()).hasSize(1);
                }
            }
        }
    }

    @Test
    void a_proven_client_over_its_limit_is_told_when_to_come_back_and_others_get_silence() throws Exception {
        client.hello();
        guard.limit(1, 0);
        Request search = new Request.SearchName("x", Cursor.NONE);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
        Reply.Refused busy = (Reply.Refused) client.ask(search);
        assertThat(busy.reason()).isEqualTo(Reason.BUSY);
        assertThat(busy.retryAfter()).isEqualTo(Guard.RETRY);

        ByteBuffer hello = RequestCodec.encode(new RequestPacket(1, 0, new Request.Hello()));
        assertThat(client.exchange(hello.duplicate())).isPresent();
        assertThat(client.exchange(hello.duplicate())).isPresent();
        client.send(hello.duplicate());
        assertThat(client.hearsNothing()).isTrue();
        assertThat(frontEnd.tally().limited()).isEqualTo(2);
        assertThat(guard.offenders().worst(1)).singleElement()
                .satisfies(offender -> assertThat(offender.overLimit()).isEqualTo(2));

        time.pass(Guard.RETRY);
        assertThat(client.ask(search)).isInstanceOf(Reply.Contents.class);
    }

    @Test
    void whoever_forges_an_address_cannot_have_its_owner_refused() throws Exception {
        client.hello();
        guard.limit(1, 0);
        ByteBuffer forged = RequestCodec.encode(new RequestPacket(1, 1, new Request.SearchName("x", Cursor.NONE)));
        try (NativeClient forger = new NativeClient(frontEnd.address())) {
            for (int i = 0; i < 50; i++) {
                forger.send(forged.duplicate());
            }
            await().until(() -> frontEnd.tally().limited() == 48);
        }
        assertThat(client.search("x").listings()).isEmpty();
    }

    @Test
    void a_cursor_that_was_never_given_out_is_refused() throws Exception {
        client.hello();
        assertThat(reason(client.ask(new Request.ListContents(new Cursor(-1, 5))))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(client.ask(new Request.ListContents(new Cursor(Long.MAX_VALUE, Long.MAX_VALUE))))
                .isEqualTo(new Reply.Contents(List.of(), Cursor.NONE));
    }

    @Test
    void ipv6_works() throws Exception {
        bind = new InetSocketAddress(InetAddress.ofLiteral("::1"), 0);
        restart();
        client.share("alice", FILM);
        assertThat(client.search(FILM.name()).listings().getFirst().sources().getFirst().endpoints())
                .containsExactly(new Endpoint("tcp", "0:0:0:0:0:0:0:1", 7118));
    }

    @Test
    void a_wildcard_of_ipv6_serves_ipv4_as_well() throws Exception {
        bind = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
        restart();
        for (String host : List.of("127.0.0.1", "::1")) {
            try (NativeClient each = new NativeClient(
                    new InetSocketAddress(InetAddress.ofLiteral(host), frontEnd.address().getPort()))) {
                assertThat(each.hello()).as(host).isNotZero();
            }
        }
    }

    @Test
    void an_address_in_use_is_refused_with_the_cure() {
        NativeFrontEnd second = new NativeFrontEnd(frontEnd.address(), UdpEngine.AUTO, service, new Guard(time), time);
        assertThatThrownBy(second::start).isInstanceOf(CannotListenException.class)
                .hasMessage("the native front-end can't listen on 127.0.0.1:" + frontEnd.address().getPort()
                        + " (Address already in use): stop what listens there, or choose another address with"
                        + " --set frontend.native.bind=…");
    }

    @Test
    void what_was_accepted_before_closing_is_answered_and_kept() throws Exception {
        client.hello();
        client.keepAlive("alice");
        ByteBuffer register = RequestCodec.encode(new RequestPacket(77, client.hello(),
                new Request.Register(NativeClient.peer("alice"), List.of(FILM))));
        client.send(register);
        await().until(() -> frontEnd.tally().allRequests() == 4);
        frontEnd.close();
        assertThat(client.hearsNothing()).isFalse();
        assertThat(service.lookups().sessions()).singleElement().matches(session -> session.mappings() == 1);
    }
}
