package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a program of seed 001 sends is understood; what it can't have meant is malformed. */
class RequestCodecTest {

    @Test
    void aPortIsReadAsTextAndAsTwoBytes() throws MalformedMessageException {
        assertThat(RequestCodec.decode(registration().data(20, "8124").all()))
                .isEqualTo(new Request.Register("alice", "song", 8124));
        assertThat(RequestCodec.decode(registration().data(20, "50123").all()))
                .isEqualTo(new Request.Register("alice", "song", 50_123));
        assertThat(RequestCodec.decode(registration().data(20, 0x1F, 0xBC).all()))
                .isEqualTo(new Request.Register("alice", "song", 8124));
        assertThat(RequestCodec.decode(registration().data(20, 0xFF, 0xFF).all()))
                .isEqualTo(new Request.Register("alice", "song", 65_535));
    }

    @Test
    void twoBytesThatLookLikeDigitsAreStillTwoBytes() throws MalformedMessageException {
        assertThat(RequestCodec.decode(registration().data(20, '1', '2').all()))
                .isEqualTo(new Request.Register("alice", "song", 0x3132));
        assertThat(RequestCodec.decode(registration().data(20, '1', '2', '3').all()))
                .isEqualTo(new Request.Register("alice", "song", 0x3132));
    }

    @Test
    void aNameOfTenBytesNeedsNoNul_andWhatIsLeftBehindAShorterOneMeansNothing() throws MalformedMessageException {
        assertThat(RequestCodec.decode(Bytes.of('R').data(0, "0123456789été.txt ").data(20, "8124").all()))
                .isEqualTo(new Request.Register("0123456789", "été.txt ", 8124));
        assertThat(RequestCodec.decode(Bytes.of('R').data(0, "bob\0xyzxyz").data(10, "s\0ngsongxx8124").all()))
                .isEqualTo(new Request.Register("bob", "s", 8124));
    }

    @Test
    void aSearchNamesTheContentAfterThePeerOrAlone() throws MalformedMessageException {
        assertThat(RequestCodec.decode(Bytes.of('S').data(0, "alice").data(10, "song").all()))
                .isEqualTo(new Request.Search("song"));
        assertThat(RequestCodec.decode(Bytes.of('S').data(0, "song").all())).isEqualTo(new Request.Search("song"));
    }

    @Test
    void deregistrationsAreOfOneContentOfAllOrForQuitting() throws MalformedMessageException {
        assertThat(RequestCodec.decode(Bytes.of('T').data(0, "alice").data(10, "song").all()))
                .isEqualTo(new Request.Deregister("alice", "song"));
        assertThat(RequestCodec.decode(Bytes.of('T').data(0, "alice").all()))
                .isEqualTo(new Request.DeregisterAll("alice"));
        assertThat(RequestCodec.decode(Bytes.of('T').data(0, "alice").data(20, "Q").all()))
                .isEqualTo(new Request.Quit("alice"));
        assertThat(RequestCodec.decode(Bytes.of('T').data(0, "alice").data(10, "song").data(20, "Q").all()))
                .isEqualTo(new Request.Quit("alice"));
    }

    @Test
    void aListTakesWhatProgramsLeaveInItsData() throws MalformedMessageException {
        assertThat(RequestCodec.decode(Bytes.of('O').first(1))).as("the type alone").isEqualTo(new Request.List());
        assertThat(RequestCodec.decode(Bytes.of('O').all())).isEqualTo(new Request.List());
        assertThat(RequestCodec.decode(Bytes.of('O').data(0, "alice").all())).isEqualTo(new Request.List());
        assertThat(RequestCodec.decode(Bytes.of('O').data(0, "alice").data(10, "song").data(20, "8124").all()))
                .as("a registration before it").isEqualTo(new Request.List());
        assertThat(RequestCodec.decode(Bytes.of('O').data(0, "\0ong from alice").all()))
                .as("an emptied text").isEqualTo(new Request.List());
        assertThat(RequestCodec.decode(Bytes.of('O').data(0, 0xFF, '1', 0, 0xE9, 7).data(99, 1).all()))
                .as("memory that nothing was put into").isEqualTo(new Request.List());
    }

    @Test
    void aListThatIsACountOrALineOfOneIsAnotherIndexsReply() {
        assertThat(malformed(Bytes.of('O').data(0, "1").all()).isForeign()).isTrue();
        assertThat(malformed(Bytes.of('O').data(0, "1000000").all()).isForeign()).isTrue();
        assertThat(malformed(Bytes.of('O').data(0, "song from alice").all()).isForeign()).isTrue();
        assertThat(malformed(Bytes.of('O').data(0, "0123456789 from " + "x".repeat(84)).all()).isForeign()).isTrue();
    }

    @Test
    void aSearchThatIsAnAddressAndAPortIsAnotherIndexsReply() throws MalformedMessageException {
        assertThat(malformed(Bytes.of('S').data(0, "10.0.0.7").data(20, "5000").all()).isForeign()).isTrue();
        assertThat(malformed(Bytes.of('S').data(0, "192.168.100.200").data(20, "65535").all()).isForeign()).isTrue();
        assertThat(RequestCodec.decode(Bytes.of('S').data(0, "10.0.0.7").all()))
                .isEqualTo(new Request.Search("10.0.0.7"));
        assertThat(RequestCodec.decode(Bytes.of('S').data(0, "song\0.0.7").data(20, "5000").all()))
                .as("an answer before it").isEqualTo(new Request.Search("song"));
        assertThat(RequestCodec.decode(Bytes.of('S').data(0, "10.0.0.7").data(10, "song").data(20, "5000").all()))
                .as("a registration before it").isEqualTo(new Request.Search("song"));
    }

    @Test
    void missingPaddingDoesNotMatter_butAMissingFieldDoes() throws MalformedMessageException {
        Bytes registration = registration().data(20, "50123");
        for (int length = 1; length < 101; length++) {
            ByteBuffer datagram = registration.first(length);
            if (length >= 26) {
                assertThat(RequestCodec.decode(datagram)).isEqualTo(new Request.Register("alice", "song", 50_123));
            } else if (length < 22) {
                assertThat(malformed(datagram).isForeign()).isFalse();
            }
        }
    }

    @Test
    void whatIsNoPduIsForeign() {
        assertThat(malformed(ByteBuffer.allocate(0)).isForeign()).isTrue();
        assertThat(malformed(ByteBuffer.allocate(102).put(0, (byte) 'O')).isForeign()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(chars = {'\0', 'A', 'C', 'D', 'E', 'Q', 'X', 'r', 'ÿ'})
    void anUnknownLetterIsForeign(char type) {
        assertThat(malformed(Bytes.of(type).data(0, "alice").data(10, "song").all()).isForeign()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"00000, port is 0", "0000, port is 0", "70000, port is 70000", "99999, port is 99999",
            "123456, four or five digits and a NUL", "8124x, four or five digits and a NUL", "'', port is 0"})
    void aPortOutOfBoundsIsMalformed(String port, String reason) {
        MalformedMessageException malformed = malformed(registration().data(20, port).all());
        assertThat(malformed).hasMessageContaining(reason);
        assertThat(malformed.isForeign()).isFalse();
    }

    @Test
    void namesThatAreEmptyOrUnprintableAreMalformed() {
        assertThat(malformed(Bytes.of('R').data(10, "song").data(20, "8124").all())).hasMessageContaining("peer name");
        assertThat(malformed(Bytes.of('R').data(0, "bob").data(20, "8124").all())).hasMessageContaining("content name");
        assertThat(malformed(Bytes.of('S').all())).hasMessageContaining("content name");
        assertThat(malformed(Bytes.of('T').all())).hasMessageContaining("peer name");
        assertThat(malformed(Bytes.of('T').data(20, "Q").all())).hasMessageContaining("peer name");
        assertThat(malformed(Bytes.of('S').data(0, "a\nb").all())).hasMessageContaining("control character");
        assertThat(malformed(Bytes.of('S').data(0, 0xE9).all())).hasMessageContaining("not UTF-8");
    }

    @Test
    void randomAndDamagedPdusAreARequestOrMalformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3000);
        String types = "RSOT";
        int requests = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(105)];
            random.nextBytes(bytes);
            if (bytes.length > 25 && i % 4 > 0) {
                registration().data(20, "8124").all().get(0, bytes, 0, 26);
                bytes[0] = (byte) types.charAt(random.nextInt(4));
                bytes[random.nextInt(26)] = (byte) random.nextInt();
            }
            try {
                assertThat(RequestCodec.decode(ByteBuffer.wrap(bytes))).isNotNull();
                requests++;
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(requests).isBetween(1, 99_999);
    }

    private static Bytes registration() {
        return Bytes.of('R').data(0, "alice").data(10, "song");
    }

    private static MalformedMessageException malformed(ByteBuffer datagram) {
        return catchThrowableOfType(MalformedMessageException.class, () -> RequestCodec.decode(datagram));
    }
}
