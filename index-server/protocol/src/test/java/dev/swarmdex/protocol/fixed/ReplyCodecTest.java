package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Replies are the 101 bytes that programs of seed 001 expect. */
class ReplyCodecTest {

    @Test
    void anAcknowledgementAndAnErrorCarryAReadableMessage() {
        assertThat(ReplyCodec.encode(new Reply.Done(""))).containsExactly(Bytes.of('A').all());
        assertThat(ReplyCodec.encode(new Reply.Failed("song is registered already")))
                .containsExactly(Bytes.of('E').data(0, "song is registered already").all());
    }

    @Test
    void aServerIsItsAddressAndPortAsTextAtTheirPlaces() {
        assertThat(ReplyCodec.encode(new Reply.Found(new Address("192.0.2.7", 8124))))
                .containsExactly(Bytes.of('S').data(0, "192.0.2.7").data(20, "8124").all());
        assertThat(ReplyCodec.encode(new Reply.Found(new Address("255.255.255.255", 65_535))))
                .containsExactly(Bytes.of('S').data(0, "255.255.255.255").data(20, "65535").all());
    }

    @Test
    void aListIsItsCountAndALineForEachContent() {
        assertThat(ReplyCodec.encode(listing("song", "alice"))).containsExactly(Bytes.of('O').data(0, "1").all(),
                Bytes.of('O').data(0, "song from alice").all());
        assertThat(ReplyCodec.encode(new Reply.Listing(List.of(new Reply.Offer("song", List.of("alice", "été")),
                new Reply.Offer("film", List.of("bob")))))).containsExactly(Bytes.of('O').data(0, "2").all(),
                        Bytes.of('O').data(0, "song from alice, été").all(),
                        Bytes.of('O').data(0, "film from bob").all());
    }

    @Test
    void textsAreMadePrintableAndCutAtACharacter() {
        assertThat(ReplyCodec.encode(new Reply.Failed("a\nb" + "é".repeat(100))))
                .containsExactly(Bytes.of('E').data(0, "a b" + "é".repeat(48)).all());
        assertThat(ReplyCodec.encode(listing("song", "x".repeat(101))).getLast())
                .isEqualTo(Bytes.of('O').data(0, "song from " + "x".repeat(90)).all());
    }

    @Test
    void noReplyIsTakenForARequest() {
        assertForeign(new Reply.Done("registered"));
        assertForeign(new Reply.Failed("no content is registered"));
        for (String host : List.of("1.2.3.4", "127.0.0.1", "192.0.2.7", "255.255.255.255")) {
            assertForeign(new Reply.Found(new Address(host, 1)));
            assertForeign(new Reply.Found(new Address(host, 65_535)));
        }
        for (String content : List.of("x", "song", "a from b", "0123456789", "été.txt ")) {
            assertForeign(listing(content, "alice"));
            assertForeign(listing(content, "a"));
            assertForeign(listing(content, "a\nb", "été"));
            assertForeign(listing(content, "x".repeat(100)));
        }
        assertForeign(new Reply.Listing(Collections.nCopies(12_345, new Reply.Offer("song", List.of("alice")))));
    }

    private static void assertForeign(Reply reply) {
        for (ByteBuffer datagram : ReplyCodec.encode(reply)) {
            assertThatThrownBy(() -> RequestCodec.decode(datagram)).isInstanceOfSatisfying(
                    MalformedMessageException.class, malformed -> assertThat(malformed.isForeign()).isTrue());
        }
    }

    private static Reply listing(String content, String... peers) {
        return new Reply.Listing(List.of(new Reply.Offer(content, List.of(peers))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "example", "192.0.2.256", "192.0.2"})
    void onlyNumericIpv4AddressesFit(String host) {
        assertThatThrownBy(() -> new Reply.Found(new Address(host, 1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only numeric IPv4 addresses fit this protocol");
    }
}
