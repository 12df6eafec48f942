package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.fixed.TransferCodec.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A file goes through frames of 101 bytes, and comes out with the padding of the last. */
class TransferCodecTest {

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3001);

    @Test
    void aRequestHasTheNameAtTheStartOfTheData() throws MalformedMessageException {
        assertThat(TransferCodec.request("song")).isEqualTo(Bytes.of('D').data(0, "song").all());
        assertThat(TransferCodec.requestedName(Bytes.of('D').data(0, "song\0left over").all())).isEqualTo("song");
        String longest = "é".repeat(50);
        assertThat(TransferCodec.requestedName(TransferCodec.request(longest))).isEqualTo(longest);
    }

    @Test
    void framesAreTheSeedsBytes() throws MalformedMessageException {
        assertThat(TransferCodec.content(ByteBuffer.wrap(new byte[]{1, 2, 3})))
                .isEqualTo(Bytes.of('C').data(0, 1, 2, 3).all());
        assertThat(TransferCodec.end()).isEqualTo(Bytes.of('A').all());
        assertThat(TransferCodec.failed("no such\ncontent")).isEqualTo(Bytes.of('E').data(0, "no such content").all());
        assertThat(TransferCodec.frame(Bytes.of('A').all())).isEqualTo(new Frame.End());
        assertThat(TransferCodec.frame(Bytes.of('E').data(0, "gone").all())).isEqualTo(new Frame.Failed("gone"));
    }

    @Test
    void anyFileArrivesWithItsPadding() throws MalformedMessageException {
        for (int size : new int[]{0, 1, 99, 100, 101, 12_345}) {
            byte[] file = new byte[size];
            random.nextBytes(file);
            ByteBuffer content = ByteBuffer.wrap(file);
            ByteBuffer received = ByteBuffer.allocate((size + 99) / 100 * 100);
            while (content.hasRemaining()) {
                assertThat(TransferCodec.frame(TransferCodec.content(content)))
                        .isInstanceOfSatisfying(Frame.Content.class, frame -> received.put(frame.bytes()));
            }
            assertThat(received.array()).isEqualTo(Arrays.copyOf(file, received.capacity()));
        }
    }

    @Test
    void aTruncatedOrUnknownFrameIsMalformed() {
        for (int length = 0; length < 101; length++) {
            ByteBuffer content = Bytes.of('C').first(length);
            ByteBuffer request = Bytes.of('D').data(0, "song").first(length);
            assertMalformed(() -> TransferCodec.frame(content));
            assertMalformed(() -> TransferCodec.requestedName(request));
        }
        assertMalformed(() -> TransferCodec.frame(ByteBuffer.allocate(102).put(0, (byte) 'C')));
        assertMalformed(() -> TransferCodec.frame(Bytes.of('D').all()));
        assertMalformed(() -> TransferCodec.requestedName(Bytes.of('C').data(0, "song").all()));
        assertMalformed(() -> TransferCodec.requestedName(Bytes.of('D').all()));
        assertMalformed(() -> TransferCodec.requestedName(Bytes.of('D').data(0, "a\nb").all()));
        assertMalformed(() -> TransferCodec.frame(Bytes.of('E').data(0, 0xFF).all()));
    }

    @Test
    void anInvalidNameIsNotAskedFor() {
        assertThatThrownBy(() -> TransferCodec.request("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransferCodec.request("x".repeat(101))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransferCodec.request("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertMalformed(MalformedMessageException.Reading<?> reading) {
        assertThat(catchThrowableOfType(MalformedMessageException.class, reading::read)).isNotNull();
    }
}
