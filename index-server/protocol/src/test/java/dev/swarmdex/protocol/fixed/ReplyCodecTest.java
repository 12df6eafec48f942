package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Address;
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
        assertThat(ReplyCodec.encode(new Reply.Listing(List.of("song of alice", "été of bob")))).containsExactly(
                Bytes.of('O').data(0, "2").all(), Bytes.of('O').data(0, "song of alice").all(),
                Bytes.of('O').data(0, "été of bob").all());
    }

    @Test
    void textsAreMadePrintableAndCutAtACharacter() {
        assertThat(ReplyCodec.encode(new Reply.Failed("a\nb" + "é".repeat(100))))
                .containsExactly(Bytes.of('E').data(0, "a b" + "é".repeat(48)).all());
        assertThat(ReplyCodec.encode(new Reply.Listing(List.of("x".repeat(101)))).getLast())
                .isEqualTo(Bytes.of('O').data(0, "x".repeat(100)).all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "example", "192.0.2.256", "192.0.2"})
    void onlyNumericIpv4AddressesFit(String host) {
        assertThatThrownBy(() -> new Reply.Found(new Address(host, 1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("only numeric IPv4 addresses fit this protocol");
    }
}
