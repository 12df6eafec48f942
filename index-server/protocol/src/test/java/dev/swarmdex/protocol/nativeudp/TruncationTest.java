package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** A datagram that ends too early is never taken for a message. */
class TruncationTest {

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1200);
    private final RandomPackets packets = new RandomPackets(random);

    @Test
    void everyPrefixOfEveryGoldenRequestIsRejected() throws IOException {
        for (ByteBuffer datagram : Vectors.startingWith("request ").values()) {
            assertRequestPrefixesRejected(datagram);
        }
    }

    @Test
    void everyPrefixOfEveryGoldenReplyIsRejected() throws IOException {
        for (ByteBuffer datagram : Vectors.startingWith("reply ").values()) {
            assertReplyPrefixesRejected(datagram);
        }
    }

    @Test
    void everyPrefixOfAnyMessageIsRejected() {
        for (int i = 0; i < 50; i++) {
            assertRequestPrefixesRejected(RequestCodec.encode(packets.request()));
            assertReplyPrefixesRejected(ReplyCodec.encode(packets.reply()));
        }
    }

    private static void assertRequestPrefixesRejected(ByteBuffer datagram) {
        for (int length = 0; length < datagram.limit(); length++) {
            ByteBuffer prefix = datagram.slice(0, length);
            Throwable thrown = catchThrowable(() -> RequestCodec.decode(prefix));
            assertRejected(thrown, length < Limits.REQUEST_HEADER);
        }
    }

    private static void assertReplyPrefixesRejected(ByteBuffer datagram) {
        for (int length = 0; length < datagram.limit(); length++) {
            ByteBuffer prefix = datagram.slice(0, length);
            Throwable thrown = catchThrowable(() -> ReplyCodec.decode(prefix));
            assertRejected(thrown, length < Limits.REPLY_HEADER);
        }
    }

    private static void assertRejected(Throwable thrown, boolean headerCut) {
        assertThat(thrown).isInstanceOfSatisfying(MalformedPacketException.class,
                e -> assertThat(e.fault()).isEqualTo(headerCut ? Fault.FOREIGN : Fault.MALFORMED));
    }
}
