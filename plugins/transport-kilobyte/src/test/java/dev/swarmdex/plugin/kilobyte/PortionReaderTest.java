package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PortionReaderTest {

    @Test
    void what_comes_slowly_is_not_read_far_ahead() throws IOException {
        assertThat(reads(TimeUnit.MILLISECONDS.toNanos(600), 5)).containsExactly(1, 2, 1, 2);
    }

    @Test
    void what_comes_fast_is_read_further_and_further_ahead() throws IOException {
        assertThat(reads(0, 100)).startsWith(1, 2, 4, 8, 16, 32, 32).allMatch(portions -> portions <= 32);
    }

    /** How many portions are read at once while one after the other is asked for. */
    private static List<Integer> reads(long nanosForEach, int portions) throws IOException {
        List<Integer> reads = Collections.synchronizedList(new ArrayList<>());
        PortionReader reader = new PortionReader();
        PacedContent content = new PacedContent(nanosForEach, 200 * Portions.SIZE, reads);
        for (int portion = 0; portion < portions; portion++) {
            assertThat(reader.read(content, portion).get(0)).isEqualTo((byte) portion);
        }
        return reads;
    }

    /** A content of which each portion takes that long, and consists of its number. */
    private record PacedContent(long nanosForEach, long size, List<Integer> reads) implements SharedContent {

        @Override
        public String name() {
            return "paced";
        }

        @Override
        public ContentId id() {
            return ContentId.of("sha256", new byte[32]);
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            reads.add((int) (length / Portions.SIZE));
            for (long at = offset; at < offset + length; at += Portions.SIZE) {
                LockSupport.parkNanos(nanosForEach);
                byte[] portion = new byte[Portions.SIZE];
                Arrays.fill(portion, (byte) (at / Portions.SIZE));
                target.write(ByteBuffer.wrap(portion));
            }
        }
    }
}
