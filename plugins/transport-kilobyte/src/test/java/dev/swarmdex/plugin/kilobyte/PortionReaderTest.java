package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PortionReaderTest {

    private final List<Integer> reads = Collections.synchronizedList(new ArrayList<>());
    private final PortionReader reader = new PortionReader(() -> true);

    @Test
    void what_comes_slowly_is_not_read_far_ahead() throws IOException {
        PacedContent content = new PacedContent(TimeUnit.MILLISECONDS.toNanos(600), 200 * Portions.SIZE, reads);
        for (int portion = 0; portion < 5; portion++) {
            read(content, portion);
        }
        assertThat(reads).containsExactly(1, 2, 1, 2);
    }

    @Test
    void what_comes_fast_is_read_further_and_further_ahead() throws IOException {
        PacedContent content = new PacedContent(0, 200 * Portions.SIZE, reads);
        for (int portion = 0; portion < 100; portion++) {
            read(content, portion);
        }
        assertThat(reads).startsWith(1, 2, 4, 8, 16, 32, 32).allMatch(portions -> portions <= 32);
    }

    @Test
    void portions_in_a_row_are_read_together() throws IOException {
        PacedContent content = new PacedContent(0, 1000 * Portions.SIZE, reads);
        for (int portion = 0; portion < 1000; portion++) {
            read(content, portion);
        }
        assertThat(reads).hasSizeLessThan(50);
        assertThat(portionsRead()).isEqualTo(1000);
    }

    @Test
    void a_client_that_jumps_about_gets_little_more_read_than_it_asks_for() throws IOException {
        PacedContent content = new PacedContent(0, 1000 * Portions.SIZE, reads);
        for (int portion = 998; portion >= 0; portion -= 5) {
            read(content, portion);
        }
        assertThat(portionsRead()).isEqualTo(200);
        reads.clear();
        for (int portion = 0; portion < 1000; portion += 50) {
            read(content, portion);
            read(content, portion + 1);
        }
        assertThat(portionsRead()).isLessThanOrEqualTo(2 * 2 * 20);
    }

    private void read(PacedContent content, int portion) throws IOException {
        byte[] got = new byte[Portions.SIZE];
        reader.read(content, portion).get(got);
        assertThat(got).isEqualTo(portion(portion));
    }

    private int portionsRead() {
        return reads.stream().mapToInt(Integer::intValue).sum();
    }

    private static byte[] portion(long number) {
        byte[] bytes = new byte[Portions.SIZE];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** A content of which each portion takes that long, and that knows how many were read at once. */
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
                target.write(ByteBuffer.wrap(portion(at / Portions.SIZE)));
            }
        }
    }
}
