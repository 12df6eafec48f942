package dev.swarmdex.protocol.tracker;

import dev.swarmdex.protocol.tracker.RequestReader.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What clients send, byte for byte, and what the tracker makes of whatever arrives. */
class RequestTest {

    private static final List<Event> EVENTS = List.of(Event.values());
    private static final InfoHash ONE = InfoHash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final InfoHash TWO = InfoHash.ofHex("f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3");
    private static final String CONNECT = "0000041727101980 00000000 01020304";
    private static final String ANNOUNCE = "1122334455667788 00000001 01020305"
            + "000102030405060708090a0b0c0d0e0f10111213 2d5358303030312d 0000000000000000 00001ae1"
            + "0000000000000000 00000000000003e8 0000000000000000 00000002 00000000 00000000 ffffffff 1ae1";
    private static final String SCRAPE = "1122334455667788 00000002 01020306"
            + "000102030405060708090a0b0c0d0e0f10111213 f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3";

    private final RequestReader reader = new RequestReader();

    @Test
    void a_connect_is_sixteen_bytes() {
        assertThat(encoded(new Request.Connect(0x01020304))).isEqualTo(bytes(CONNECT));
        assertThat(reader.read(ByteBuffer.wrap(bytes(CONNECT)))).isEqualTo(Kind.CONNECT);
        assertThat(reader.transactionId()).isEqualTo(0x01020304);
    }

    @Test
    void an_announce_tells_who_takes_part_and_how() {
        assertThat(encoded(new Request.Announce(0x1122334455667788L, 0x01020305, ONE, 1000, Event.STARTED, -1, 6881)))
                .isEqualTo(bytes(ANNOUNCE));
        assertThat(reader.read(ByteBuffer.wrap(bytes(ANNOUNCE)))).isEqualTo(Kind.ANNOUNCE);
        assertThat(reader.connectionId()).isEqualTo(0x1122334455667788L);
        assertThat(reader.transactionId()).isEqualTo(0x01020305);
        assertThat(infoHash(0)).isEqualTo(ONE);
        assertThat(reader.isComplete()).isFalse();
        assertThat(reader.event()).isEqualTo(Event.STARTED);
        assertThat(reader.wanted()).isEqualTo(-1);
        assertThat(reader.port()).isEqualTo(6881);
    }

    @Test
    void options_behind_an_announce_change_nothing() {
        byte[] announce = bytes(ANNOUNCE + "02 09 2f616e6e6f756e6365 01 00"); // BEP 41: URL data, NOP, end
        assertThat(reader.read(ByteBuffer.wrap(announce))).isEqualTo(Kind.ANNOUNCE);
        assertThat(reader.port()).isEqualTo(6881);
    }

    @Test
    void a_scrape_names_torrents() {
        assertThat(encoded(new Request.Scrape(0x1122334455667788L, 0x01020306, List.of(ONE, TWO))))
                .isEqualTo(bytes(SCRAPE));
        assertThat(reader.read(ByteBuffer.wrap(bytes(SCRAPE)))).isEqualTo(Kind.SCRAPE);
        assertThat(reader.infoHashes()).isEqualTo(2);
        assertThat(infoHash(0)).isEqualTo(ONE);
        assertThat(infoHash(1)).isEqualTo(TWO);
    }

    @Test
    void a_scrape_for_more_than_a_datagram_holds_is_one_for_the_first_of_them() {
        ByteBuffer scrape = ByteBuffer.allocate(16 + 20 * 90);
        scrape.putInt(8, 2);
        assertThat(reader.read(scrape)).isEqualTo(Kind.SCRAPE);
        assertThat(reader.infoHashes()).isEqualTo(74);
        assertThatThrownBy(() -> new Request.Scrape(1, 2, Collections.nCopies(75, ONE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_is_read_where_it_lies() {
        ByteBuffer datagram = ByteBuffer.allocate(200).position(7);
        datagram.put(bytes(ANNOUNCE)).flip().position(7);
        assertThat(reader.read(datagram)).isEqualTo(Kind.ANNOUNCE);
        assertThat(infoHash(0)).isEqualTo(ONE);
        assertThat(datagram.position()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECT, ANNOUNCE, SCRAPE})
    void no_beginning_of_a_request_is_taken_for_all_of_it(String request) {
        byte[] whole = bytes(request);
        for (int length = 0; length < whole.length; length++) {
            Kind kind = reader.read(ByteBuffer.wrap(Arrays.copyOf(whole, length)));
            if (length < 16) {
                assertThat(kind).isEqualTo(Kind.FOREIGN);
            } else if (request.equals(ANNOUNCE) || length < 36) {
                assertThat(kind).isEqualTo(Kind.MALFORMED);
                assertThat(reader.fault()).isNotBlank();
            } else {
                assertThat(reader.infoHashes()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_connect_without_the_magic_number_and_an_unknown_action_are_not_ours() {
        assertThat(reader.read(ByteBuffer.wrap(bytes("0000041727101981 00000000 01020304")))).isEqualTo(Kind.FOREIGN);
        assertThat(reader.read(ByteBuffer.wrap(bytes("1122334455667788 00000003 01020304")))).isEqualTo(Kind.FOREIGN);
        assertThat(reader.read(ByteBuffer.wrap(bytes("1122334455667788 ffffffff 01020304")))).isEqualTo(Kind.FOREIGN);
    }

    @Test
    void an_announce_needs_a_port_and_an_event_that_there_is() {
        assertThat(reader.read(ByteBuffer.wrap(bytes(ANNOUNCE)).putShort(96, (short) 0))).isEqualTo(Kind.MALFORMED);
        assertThat(reader.fault()).contains("port");
        assertThat(reader.read(ByteBuffer.wrap(bytes(ANNOUNCE)).putInt(80, 4))).isEqualTo(Kind.MALFORMED);
        assertThat(reader.read(ByteBuffer.wrap(bytes(ANNOUNCE)).putInt(80, -1))).isEqualTo(Kind.MALFORMED);
        assertThat(reader.fault()).contains("event");
        assertThatThrownBy(() -> new Request.Announce(1, 2, ONE, 0, Event.NONE, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatever_is_sent_is_read_as_it_was_meant() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(15);
        for (int i = 0; i < 20_000; i++) {
            var announce = new Request.Announce(random.nextLong(), random.nextInt(), randomHash(random),
                    random.nextInt(3), EVENTS.get(random.nextInt(EVENTS.size())), random.nextInt(),
                    random.nextInt(1, 65_536));
            assertThat(reader.read(RequestCodec.encode(announce))).isEqualTo(Kind.ANNOUNCE);
            assertThat(new Request.Announce(reader.connectionId(), reader.transactionId(), infoHash(0),
                    reader.isComplete() ? 0 : announce.left(), reader.event(), reader.wanted(), reader.port()))
                    .isEqualTo(announce);
            var scrape = new Request.Scrape(random.nextLong(), random.nextInt(),
                    Stream.generate(() -> randomHash(random)).limit(random.nextInt(1, 75)).toList());
            assertThat(reader.read(RequestCodec.encode(scrape))).isEqualTo(Kind.SCRAPE);
            assertThat(reader.infoHashes()).isEqualTo(scrape.infoHashes().size());
            int last = scrape.infoHashes().size() - 1;
            assertThat(infoHash(last)).isEqualTo(scrape.infoHashes().get(last));
        }
    }

    @Test
    void whatever_bytes_arrive_are_a_request_or_none() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(16);
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (int i = 0; i < 200_000; i++) {
            byte[] datagram = new byte[random.nextInt(140)];
            random.nextBytes(datagram);
            if (datagram.length > 11 && random.nextInt(10) > 0) {
                ByteBuffer.wrap(datagram).putInt(8, random.nextInt(4));
                if (datagram.length > 83) {
                    ByteBuffer.wrap(datagram).putInt(80, random.nextInt(5));
                }
            }
            Kind kind = reader.read(ByteBuffer.wrap(datagram));
            kinds.add(kind);
            if (kind == Kind.ANNOUNCE) {
                assertThat(reader.event()).isNotNull();
                assertThat(reader.port()).isBetween(1, 65_535);
            }
        }
        assertThat(kinds).contains(Kind.ANNOUNCE, Kind.SCRAPE, Kind.MALFORMED, Kind.FOREIGN);
    }

    @Test
    void an_info_hash_is_forty_digits_to_people() {
        assertThat(TWO.hex()).isEqualTo("f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3");
        assertThat(InfoHash.ofHex(TWO.hex().toUpperCase(Locale.ROOT))).isEqualTo(TWO);
        assertThatThrownBy(() -> InfoHash.ofHex("00")).hasMessageContaining("40 hexadecimal digits");
    }

    private InfoHash infoHash(int index) {
        return new InfoHash(reader.first(index), reader.second(index), reader.third(index));
    }

    private static InfoHash randomHash(RandomGenerator random) {
        return new InfoHash(random.nextLong(), random.nextLong(), random.nextInt());
    }

    private static byte[] encoded(Request request) {
        ByteBuffer datagram = RequestCodec.encode(request);
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
