package dev.swarmdex.protocol.tracker;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the tracker answers, byte for byte. */
class ReplyTest {

    private static final String CONNECTED = "00000000 01020304 1122334455667788";
    private static final String ANNOUNCED = "00000001 01020305 00000708 00000002 00000001 c0000207 1ae1 c0000208 1ae2";
    private static final String ANNOUNCED6 = "00000001 01020305 00000708 00000000 00000001"
            + "20010db8000000000000000000000007 1ae1";
    private static final String SCRAPED = "00000002 01020306 00000001 00000005 00000002 00000000 00000000 00000000";
    private static final String FAILED = "00000003 01020306 66756c6c";

    @Test
    void a_connection_id_is_as_long_as_the_question() throws Exception {
        assertThat(written(out -> ReplyWriter.connected(out, 0x01020304, 0x1122334455667788L)))
                .isEqualTo(bytes(CONNECTED));
        assertThat(read(CONNECTED, true)).isEqualTo(new Reply.Connected(0x01020304, 0x1122334455667788L));
    }

    @Test
    void an_announce_is_answered_with_the_swarm_and_some_of_its_peers() throws Exception {
        assertThat(written(out -> {
            ReplyWriter.announced(out, 0x01020305, 1800, 2, 1);
            ReplyWriter.peer(out, true, 0, 0xFFFF_C000_0207L, 6881);
            ReplyWriter.peer(out, true, 0, 0xFFFF_C000_0208L, 6882);
        })).isEqualTo(bytes(ANNOUNCED));
        assertThat(read(ANNOUNCED, true)).isEqualTo(new Reply.Announced(0x01020305, 1800, 2, 1,
                List.of(PeerAddress.ipv4(0xC0000207, 6881), PeerAddress.ipv4(0xC0000208, 6882))));
    }

    @Test
    void over_ipv6_the_peers_are_of_ipv6() throws Exception {
        assertThat(written(out -> {
            ReplyWriter.announced(out, 0x01020305, 1800, 0, 1);
            ReplyWriter.peer(out, false, 0x2001_0db8_0000_0000L, 7, 6881);
        })).isEqualTo(bytes(ANNOUNCED6));
        assertThat(read(ANNOUNCED6, false)).isEqualTo(new Reply.Announced(0x01020305, 1800, 0, 1,
                List.of(new PeerAddress(0x2001_0db8_0000_0000L, 7, 6881))));
    }

    @Test
    void a_scrape_is_answered_with_seeders_completed_and_leechers() throws Exception {
        assertThat(written(out -> {
            ReplyWriter.scraped(out, 0x01020306);
            ReplyWriter.swarm(out, 1, 5, 2);
            ReplyWriter.swarm(out, 0, 0, 0);
        })).isEqualTo(bytes(SCRAPED));
        assertThat(read(SCRAPED, true)).isEqualTo(new Reply.Scraped(0x01020306,
                List.of(new Reply.Counts(1, 5, 2), new Reply.Counts(0, 0, 0))));
    }

    @Test
    void an_error_is_no_longer_than_it_may_be() throws Exception {
        assertThat(written(out -> ReplyWriter.failed(out, 0x01020306, "full", 100))).isEqualTo(bytes(FAILED));
        assertThat(read(FAILED, true)).isEqualTo(new Reply.Failed(0x01020306, "full"));
        assertThat(written(out -> ReplyWriter.failed(out, 1, "a long message", 16))).hasSize(16);
        assertThat(written(out -> ReplyWriter.failed(out, 1, "x".repeat(5000), 3000))).hasSize(1200);
    }

    @Test
    void the_most_peers_fit_a_datagram() {
        assertThat(20 + 6 * ReplyWriter.MOST_IPV4).isBetween(1194, ReplyWriter.LONGEST);
        assertThat(20 + 18 * ReplyWriter.MOST_IPV6).isBetween(1182, ReplyWriter.LONGEST);
        assertThat(8 + 12 * Request.Scrape.MOST).isLessThan(ReplyWriter.LONGEST);
    }

    @ParameterizedTest
    @CsvSource({CONNECTED + ",8", ANNOUNCED + ",20", SCRAPED + ",8", FAILED + ",8"})
    void a_reply_that_ends_too_soon_is_malformed(String reply, int header) {
        byte[] whole = bytes(reply);
        for (int length = 0; length < header; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ReplyCodec.decode(ByteBuffer.wrap(cut), true))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void half_a_peer_or_swarm_an_unknown_action_and_a_port_of_zero_are_malformed() {
        for (String bad : List.of(ANNOUNCED.substring(0, ANNOUNCED.length() - 2),
                SCRAPED.substring(0, SCRAPED.length() - 2),
                "00000004 01020304", ANNOUNCED.substring(0, ANNOUNCED.length() - 4) + "0000")) {
            assertThatThrownBy(() -> read(bad, true)).as(bad).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void whatever_bytes_arrive_are_a_reply_or_malformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        int replies = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] datagram = new byte[random.nextInt(60)];
            random.nextBytes(datagram);
            if (datagram.length > 3) {
                ByteBuffer.wrap(datagram).putInt(0, random.nextInt(5));
            }
            try {
                assertThat(ReplyCodec.decode(ByteBuffer.wrap(datagram), random.nextBoolean())).isNotNull();
                replies++;
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(replies).isBetween(1, 99_999);
    }

    private static Reply read(String hex, boolean ipv4) throws MalformedMessageException {
        return ReplyCodec.decode(ByteBuffer.wrap(bytes(hex)), ipv4);
    }

    private static byte[] written(Consumer<ByteBuffer> writing) {
        ByteBuffer out = ByteBuffer.allocate(ReplyWriter.LONGEST);
        writing.accept(out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
