package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever bytes arrive, a codec gives a message that it can write again, or says that there is none. */
class FuzzTest {

    private static final int ROUNDS = 100_000;
    private static final byte[] TYPES = {'H', 'K', 'R', 'T', 'S', 'O', 'D', 'A', 'E'};

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private final RandomPackets packets = new RandomPackets(random);

    @Test
    void randomBytesAreAMessageOrMalformed() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && random.nextInt(10) > 0) {
                bytes[0] = 1;
                bytes[1] = TYPES[random.nextInt(TYPES.length)];
            }
            readAsRequest(bytes);
            readAsReply(bytes);
        }
    }

    @Test
    void damagedMessagesAreAMessageOrMalformed() {
        int survivors = 0;
        for (int i = 0; i < ROUNDS / 10; i++) {
            byte[] request = damaged(RequestCodec.encode(packets.request()));
            byte[] reply = damaged(ReplyCodec.encode(packets.reply()));
            survivors += readAsRequest(request) + readAsReply(reply);
        }
        assertThat(survivors).as("damaged datagrams that are still messages").isBetween(1, 2 * ROUNDS / 10 - 1);
    }

    private byte[] damaged(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            // Most lengths and codes stand near the beginning.
            int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 60);
            bytes[random.nextInt(range)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static int readAsRequest(byte[] bytes) {
        try {
            RequestPacket packet = RequestCodec.decode(ByteBuffer.wrap(bytes));
            assertThat(RequestCodec.decode(RequestCodec.encode(packet))).isEqualTo(packet);
            return 1;
        } catch (MalformedPacketException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        }
    }

    private static int readAsReply(byte[] bytes) {
        try {
            ReplyPacket packet = ReplyCodec.decode(ByteBuffer.wrap(bytes));
            assertThat(ReplyCodec.decode(ReplyCodec.encode(packet))).isEqualTo(packet);
            return 1;
        } catch (MalformedPacketException e) {
            assertThat(e.getMessage()).isNotBlank();
            return 0;
        }
    }
}
