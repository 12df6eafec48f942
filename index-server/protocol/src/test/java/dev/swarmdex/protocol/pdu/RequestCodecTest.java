package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.MalformedMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a program of seed 000 sends is understood; what it can't have meant is malformed. */
class RequestCodecTest {

    private static final String LONGEST = "twenty-five bytes is a na";

    @Test
    void registrationsAreReadInBothOrders() throws MalformedMessageException {
        assertThat(padded("R,8124;192.0.2.7;song.mp3"))
                .isEqualTo(new Request.Register("song.mp3", 8124, Optional.of("192.0.2.7")));
        assertThat(padded("R,8124;192.0.2.7;song.mp3;"))
                .isEqualTo(new Request.Register("song.mp3", 8124, Optional.of("192.0.2.7")));
        assertThat(padded("R,song.mp3;8124")).isEqualTo(new Request.Register("song.mp3", 8124, Optional.empty()));
        assertThat(padded("R,song.mp3;8124;")).isEqualTo(new Request.Register("song.mp3", 8124, Optional.empty()));
        assertThat(padded("R,65535;::1;" + LONGEST))
                .isEqualTo(new Request.Register(LONGEST, 65_535, Optional.of("::1")));
    }

    @Test
    void deregistrationsAreReadInBothOrders() throws MalformedMessageException {
        assertThat(padded("T,8124;192.0.2.7;a file"))
                .isEqualTo(new Request.Deregister("a file", 8124, Optional.of("192.0.2.7")));
        assertThat(padded("T,a file;8124;")).isEqualTo(new Request.Deregister("a file", 8124, Optional.empty()));
    }

    @Test
    void theOtherRequestsAreRead() throws MalformedMessageException {
        assertThat(padded("S," + LONGEST)).isEqualTo(new Request.Search(LONGEST));
        assertThat(padded("S,été.txt;")).isEqualTo(new Request.Search("été.txt"));
        assertThat(padded("D,song.mp3")).isEqualTo(new Request.Locate("song.mp3"));
        assertThat(padded("O, ")).isEqualTo(new Request.List());
        assertThat(padded("O,")).isEqualTo(new Request.List());
        assertThat(padded("E,2")).isEqualTo(new Request.Resend());
        assertThat(padded("E,1")).isEqualTo(new Request.Leave());
    }

    @Test
    void aDatagramNeedsNoPadding_andNothingAfterTheFirstNulCounts() throws MalformedMessageException {
        assertThat(decode("S,song.mp3")).isEqualTo(new Request.Search("song.mp3"));
        assertThat(decode("S,song.mp3\0left over")).isEqualTo(new Request.Search("song.mp3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "S|a letter, a comma and at most 100 bytes",
            "S;x|a letter, a comma and at most 100 bytes",
            "s,x|starts with a capital letter",
            "X,x|no request of type X",
            "A,|no request of type A",
            "E,3|no use for that error code",
            "E,|no use for that error code",
            "O,all|O takes no data",
            "S,|filename takes 0 bytes",
            "S,;|filename takes 0 bytes",
            "S,abcdefghijklmnopqrstuvwxyz|filename takes 26 bytes",
            "S,a;b|one field",
            "S,a\tb|control character",
            "R,song.mp3|two or three fields",
            "R,a;b;c;d|two or three fields",
            "R,song.mp3;0|port is 0",
            "R,song.mp3;70000|port is 70000",
            "R,song.mp3;abc|not a number",
            "R,8124;;song.mp3|host must be",
            "R,8124;a b;song.mp3|host must be",
            "R,8124;192.0.2.7;;|filename takes 0 bytes",
            "R,;8124|filename takes 0 bytes"})
    void whatBreaksARuleIsMalformed(String text, String reason) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, () -> decode(text)))
                .hasMessageContaining(reason);
    }

    @Test
    void aDatagramLongerThanAPduIsMalformed() {
        byte[] bytes = Arrays.copyOf("S,x".getBytes(StandardCharsets.US_ASCII), 103);
        assertThat(catchThrowableOfType(MalformedMessageException.class,
                () -> RequestCodec.decode(ByteBuffer.wrap(bytes)))).hasMessageContaining("at most 100 bytes");
    }

    @Test
    void textThatIsNoUtf8IsMalformed() {
        assertThat(catchThrowableOfType(MalformedMessageException.class,
                () -> RequestCodec.decode(ByteBuffer.wrap(new byte[]{'S', ',', (byte) 0xE9}))))
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void truncatedAndDamagedRequestsAreARequestOrMalformed() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(8123);
        byte[] request = "R,8124;192.0.2.7;été.txt;".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < request.length; length++) {
            read(Arrays.copyOf(request, length));
        }
        int requests = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Arrays.copyOf(request, random.nextInt(request.length + 1));
            for (int damage = random.nextInt(3); damage > 0 && bytes.length > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            requests += read(bytes);
            byte[] noise = new byte[random.nextInt(110)];
            random.nextBytes(noise);
            read(noise);
        }
        assertThat(requests).isBetween(1, 99_999);
    }

    private static int read(byte[] bytes) {
        try {
            assertThat(RequestCodec.decode(ByteBuffer.wrap(bytes))).isNotNull();
            return 1;
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        }
    }

    private static Request padded(String text) throws MalformedMessageException {
        return RequestCodec.decode(ByteBuffer.wrap(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 102)));
    }

    private static Request decode(String text) throws MalformedMessageException {
        return RequestCodec.decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
