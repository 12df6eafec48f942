package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import dev.swarmdex.protocol.tracker.PeerAddress;
import dev.swarmdex.protocol.tracker.Reply;
import dev.swarmdex.protocol.tracker.Request;
import dev.swarmdex.protocol.tracker.RequestCodec;
import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.frontend.ConnectionIds;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.service.swarm.SwarmLimits;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.SwarmChange;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TrackerFrontEndTest {

    private static final Duration LEASE = Duration.ofMinutes(45);
    private static final InfoHash FILM = InfoHash.ofHex("ab".repeat(20));
    private static final InfoHash SONG = InfoHash.ofHex("cd".repeat(20));
    private static final int LOOPBACK = 0x7F00_0001;

    @TempDir
    Path folder;
    private final FakeTime time = new FakeTime();
    private final Guard guard = new Guard(time);
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;
    @SuppressWarnings("NullAway.Init")
    private TrackerFrontEnd tracker;
    @SuppressWarnings("NullAway.Init")
    private TrackerClient client;

    @BeforeEach
    void open() throws Exception {
        open("127.0.0.1", UdpEngine.AUTO);
    }

    private void open(String host, UdpEngine engine) throws IOException, CannotListenException {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS));
        service = new IndexService(store, Map.of(TrackerFrontEnd.PROTOCOL, LEASE), time);
        TrackerSettings settings = new TrackerSettings(LEASE, new SwarmLimits(100, 1000, 500), 50, 5000);
        tracker = new TrackerFrontEnd(new InetSocketAddress(InetAddress.ofLiteral(host), 0), engine, settings, service,
                guard, time);
        tracker.start();
        client = new TrackerClient(tracker.address()).connect();
    }

    @AfterEach
    void close() {
        client.close();
        tracker.close();
        service.close();
        store.close();
    }

    @ParameterizedTest
    @EnumSource(UdpEngine.class)
    void peers_find_each_other_with_every_engine(UdpEngine engine) throws Exception {
        close();
        open("127.0.0.1", engine);

        assertThat(client.joins(FILM, 0, 6881).peers()).isEmpty();
        Reply.Announced second = client.joins(FILM, 1000, 6882);

        assertThat(second.peers()).containsExactly(PeerAddress.ipv4(LOOPBACK, 6881));
        assertThat(second.seeders()).isEqualTo(1);
        assertThat(second.leechers()).isEqualTo(1);
        assertThat(second.interval()).isBetween(1620, 1800);
        assertThat(client.scrape(FILM, SONG)).containsExactly(new Reply.Counts(1, 0, 1), new Reply.Counts(0, 0, 0));
    }

    @Test
    void over_ipv6_peers_get_the_addresses_of_others_there() throws Exception {
        close();
        open("::", UdpEngine.AUTO);
        client.close();
        int port = tracker.address().getPort();
        client = new TrackerClient(new InetSocketAddress(InetAddress.ofLiteral("::1"), port)).connect();
        try (TrackerClient ipv4 = new TrackerClient(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)).connect()) {
            client.joins(FILM, 0, 6881);
            ipv4.joins(FILM, 0, 6882);

            assertThat(client.joins(FILM, 5, 6883).peers()).containsExactly(new PeerAddress(0, 1, 6881));
            assertThat(ipv4.joins(FILM, 5, 6884).peers()).containsExactly(PeerAddress.ipv4(LOOPBACK, 6882));
            assertThat(ipv4.scrape(FILM)).containsExactly(new Reply.Counts(2, 0, 2));
        }
    }

    @Test
    void whoever_completes_and_stops_is_counted_and_goes() throws Exception {
        client.joins(FILM, 1000, 6881);
        client.announce(FILM, 0, Event.COMPLETED, 0, 6881);
        assertThat(client.scrape(FILM)).containsExactly(new Reply.Counts(1, 1, 0));

        Reply.Announced farewell = (Reply.Announced) client.announce(FILM, 0, Event.STOPPED, -1, 6881);

        assertThat(farewell.peers()).isEmpty();
        assertThat(client.scrape(FILM)).containsExactly(new Reply.Counts(0, 1, 0));
    }

    @Test
    void no_reply_names_more_peers_than_are_wanted_or_handed_out() throws Exception {
        for (int port = 1; port <= 100; port++) {
            client.joins(FILM, 1000, port);
        }
        assertThat(client.joins(FILM, 1000, 101).peers()).hasSize(50).doesNotHaveDuplicates();
        assertThat(((Reply.Announced) client.announce(FILM, 1000, Event.NONE, 7, 101)).peers()).hasSize(7);
        assertThat(((Reply.Announced) client.announce(FILM, 1000, Event.NONE, 0, 101)).peers()).isEmpty();
        assertThat(((Reply.Announced) client.announce(FILM, 1000, Event.NONE, Integer.MAX_VALUE, 101)).peers())
                .hasSize(50);
    }

    @Test
    void a_scrape_of_as_many_torrents_as_fit_is_answered_whole() throws Exception {
        InfoHash[] torrents = IntStream.range(0, Request.Scrape.MOST).mapToObj(i -> new InfoHash(i, i, i))
                .toArray(InfoHash[]::new);
        client.joins(torrents[73], 0, 6881);

        List<Reply.Counts> counts = client.scrape(torrents);

        assertThat(counts).hasSize(74);
        assertThat(counts.getLast()).isEqualTo(new Reply.Counts(1, 0, 0));
        assertThat(counts.subList(0, 73)).containsOnly(new Reply.Counts(0, 0, 0));
    }

    @Test
    void who_asks_too_much_is_told_so_until_a_second_has_passed() throws Exception {
        guard.limit(1, 0);
        Reply reply = client.joins(FILM, 0, 6881);
        for (int i = 0; i < 10 && reply instanceof Reply.Announced; i++) {
            reply = client.announce(FILM, 0, Event.NONE, 0, 6881);
        }
        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class,
                failed -> assertThat(failed.message()).startsWith("too many requests"));
        time.pass(Duration.ofSeconds(2));
        assertThat(client.announce(FILM, 0, Event.NONE, 0, 6881)).isInstanceOf(Reply.Announced.class);
    }

    @Test
    void nothing_is_told_or_noted_without_a_good_connection_id() throws Exception {
        long good = client.connectionId();
        client.use(good + 1);
        assertThat(client.announce(FILM, 0, Event.STARTED, 50, 6881)).isInstanceOf(Reply.Failed.class);
        Request.Scrape scrape = new Request.Scrape(good + 1, 5, List.of(FILM));
        ByteBuffer refused = client.exchange(RequestCodec.encode(scrape));
        assertThat(refused.remaining()).isLessThanOrEqualTo(RequestCodec.encode(scrape).remaining());
        assertThat(client.reply(refused)).isEqualTo(new Reply.Failed(5, "stale connection id"));
        assertThat(tracker.swarms().members()).isZero();

        client.use(good);
        client.joins(FILM, 0, 6881);
        try (TrackerClient elsewhere = new TrackerClient(tracker.address())) {
            elsewhere.use(good); // of another port
            assertThat(elsewhere.announce(FILM, 0, Event.STARTED, 50, 6881)).isInstanceOf(Reply.Failed.class);
        }
        time.pass(ConnectionIds.SLOT.multipliedBy(3));
        assertThat(client.announce(FILM, 0, Event.STARTED, 50, 6881)).isInstanceOf(Reply.Failed.class);
        assertThat(tracker.tally().unproven()).isEqualTo(4);
    }

    @Test
    void no_reply_to_an_unproven_address_is_larger_than_what_came() throws Exception {
        Random random = new Random(15);
        int replies = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(16, 120)];
            random.nextBytes(bytes);
            ByteBuffer datagram = ByteBuffer.wrap(bytes);
            datagram.putInt(8, random.nextInt(3));
            if (datagram.getInt(8) == 0) {
                datagram.putLong(0, 0x417_2710_1980L);
            }
            ByteBuffer reply = client.exchange(datagram);
            assertThat(reply.remaining()).isBetween(8, bytes.length);
            replies++;
        }
        assertThat(replies).isEqualTo(2000);
        assertThat(tracker.swarms().members()).isZero();
    }

    @Test
    void garbage_gets_silence() throws Exception {
        client.send(ByteBuffer.wrap(new byte[15]));
        client.send(ByteBuffer.wrap(new byte[98]));
        client.send(ByteBuffer.allocate(16).putInt(8, 7));
        assertThat(client.hearsNothing()).isTrue();
        await().untilAsserted(() -> assertThat(tracker.tally().ignored()).isEqualTo(3));
    }

    @Test
    void a_full_tracker_says_so() throws Exception {
        for (int i = 0; i < 100; i++) {
            client.joins(new InfoHash(i, 0, 0), 0, 6881);
        }
        assertThat(client.announce(FILM, 0, Event.STARTED, 50, 6881))
                .isInstanceOfSatisfying(Reply.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("the tracker is full"));
    }

    @Test
    void a_swarm_outlasts_the_tracker() throws Exception {
        client.joins(FILM, 0, 6881);
        client.joins(FILM, 1000, 6882);
        client.announce(FILM, 0, Event.COMPLETED, 0, 6882);
        client.joins(FILM, 1000, 6883);
        List<Reply.Counts> before = client.scrape(FILM);
        assertThat(before).containsExactly(new Reply.Counts(2, 1, 1));

        close();
        open("127.0.0.1", UdpEngine.AUTO);

        assertThat(client.scrape(FILM)).isEqualTo(before);
        assertThat(client.joins(FILM, 1000, 6884).peers()).hasSize(3);
    }

    @Test
    void what_changes_is_written_while_it_runs() throws Exception {
        client.joins(FILM, 0, 6881);
        await().untilAsserted(() -> assertThat(stored()).containsExactly(FILM.hex() + " 127.0.0.1 6881 true"));
        client.announce(FILM, 0, Event.STOPPED, 0, 6881);
        await().untilAsserted(() -> assertThat(stored()).isEmpty());
    }

    private List<String> stored() {
        List<String> members = new ArrayList<>();
        service.visitSwarms(new SwarmChange.Visitor() {
            @Override
            public void swarm(String infoHash, long completed) {
                // its members count
            }

            @Override
            public void member(String infoHash, String host, int port, boolean complete) {
                members.add(infoHash + " " + host + " " + port + " " + complete);
            }
        });
        return members;
    }
}
