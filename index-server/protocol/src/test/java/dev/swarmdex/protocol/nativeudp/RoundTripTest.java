package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What one end writes the other end reads. */
class RoundTripTest {

    private static final int ROUNDS = 5_000;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7117);
    private final RandomPackets packets = new RandomPackets(random);

    @Test
    void anyRequestIsReadAsItWasWritten() throws MalformedPacketException {
        for (int i = 0; i < ROUNDS; i++) {
            RequestPacket packet = packets.request();
            ByteBuffer datagram = RequestCodec.encode(packet);
            assertThat(datagram.remaining()).isLessThanOrEqualTo(Limits.DATAGRAM);
            assertThat(RequestCodec.decode(datagram)).isEqualTo(packet);
        }
    }

    @Test
    void anyReplyIsReadAsItWasWritten() throws MalformedPacketException {
        for (int i = 0; i < ROUNDS; i++) {
            ReplyPacket packet = packets.reply();
            ByteBuffer datagram = ReplyCodec.encode(packet);
            assertThat(datagram.remaining()).isLessThanOrEqualTo(Limits.DATAGRAM);
            assertThat(ReplyCodec.decode(datagram)).isEqualTo(packet);
        }
    }

    @Test
    void bytesAfterTheKnownFieldsAreIgnored() throws MalformedPacketException {
        for (int i = 0; i < ROUNDS; i++) {
            RequestPacket packet = packets.request();
            ByteBuffer datagram = RequestCodec.encode(packet);
            ByteBuffer longer = ByteBuffer.allocate(random.nextInt(datagram.remaining(), Limits.DATAGRAM + 1));
            longer.put(datagram);
            while (longer.hasRemaining()) {
                longer.put((byte) random.nextInt());
            }
            assertThat(RequestCodec.decode(longer.flip())).isEqualTo(packet);
        }
    }

    @Test
    void aDatagramIsReadFromTheMiddleOfALittleEndianDirectBuffer() throws MalformedPacketException {
        RequestPacket packet = packets.request();
        ByteBuffer datagram = RequestCodec.encode(packet);
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * Limits.DATAGRAM).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(100).put(datagram).flip().position(100);

        assertThat(RequestCodec.decode(buffer)).isEqualTo(packet);
        assertThat(buffer.position()).isEqualTo(100);
    }

    @Test
    void aReplyIsWrittenIntoTheMiddleOfALittleEndianDirectBuffer() throws MalformedPacketException {
        ReplyPacket packet = packets.reply();
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * Limits.DATAGRAM).order(ByteOrder.LITTLE_ENDIAN).position(100);

        ReplyCodec.encode(packet, buffer);

        assertThat(buffer.flip().position(100)).isEqualByComparingTo(ReplyCodec.encode(packet));
        assertThat(ReplyCodec.decode(buffer)).isEqualTo(packet);
    }
}
