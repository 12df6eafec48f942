package dev.swarmdex.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lines come out whole, however the network chopped the bytes. */
class LineBufferTest {

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4444);

    @Test
    void linesDoNotDependOnHowTheBytesArrive() throws MalformedMessageException {
        byte[] bytes = "one\ntwo words\r\n\nжук 🦀\nrest".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            LineBuffer buffer = new LineBuffer(20);
            List<String> lines = new ArrayList<>();
            for (int start = 0; start < bytes.length;) {
                int count = random.nextInt(1, bytes.length - start + 1);
                lines.addAll(buffer.add(ByteBuffer.wrap(bytes, start, count)));
                start += count;
            }
            assertThat(lines).containsExactly("one", "two words", "", "жук 🦀");
            assertThat(buffer.unfinishedBytes()).isEqualTo(4);
            assertThat(buffer.take()).isEqualTo("rest");
        }
    }

    @Test
    void aLineOfTheGreatestLengthIsFineAndOneByteMoreIsNot() throws MalformedMessageException {
        LineBuffer buffer = new LineBuffer(3);
        assertThat(buffer.add(ascii("abc\nabc"))).containsExactly("abc");
        assertThatThrownBy(() -> buffer.add(ascii("d"))).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("longer than 3 bytes");
    }

    @Test
    void aLineThatIsNoUtf8IsMalformed() {
        assertThatThrownBy(() -> new LineBuffer(9).add(ByteBuffer.wrap(new byte[]{(byte) 0xC3, '\n'})))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("not UTF-8");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
