package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PortionsReadTest {

    private static final int PORTIONS = 1000;
    private static final byte[] BYTES = Transfers.bytes(PORTIONS * Portions.SIZE);

    private final Counted content = new Counted(new MemoryShelf().add("a", BYTES));
    private final PortionReader reader = new PortionReader(() -> true);

    private void read(int portion) throws IOException {
        byte[] got = new byte[Portions.SIZE];
        reader.read(content, portion).get(got);
        assertThat(got).isEqualTo(Arrays.copyOfRange(BYTES, portion * Portions.SIZE, (portion + 1) * Portions.SIZE));
    }

    @Test
    void portions_in_a_row_are_read_together() throws IOException {
        for (int portion = 0; portion < PORTIONS; portion++) {
            read(portion);
        }
        assertThat(content.reads).isLessThan(PORTIONS / 20);
        assertThat(content.bytes).isEqualTo(BYTES.length);
    }

    @Test
    void who_jumps_about_gets_little_more_read_than_it_asks_for() throws IOException {
        for (int portion = PORTIONS - 2; portion >= 0; portion -= 5) {
            read(portion);
        }
        assertThat(content.bytes).isEqualTo(PORTIONS / 5L * Portions.SIZE);
        content.bytes = 0;
        for (int portion = 0; portion < PORTIONS; portion += 50) {
            read(portion);
            read(portion + 1);
        }
        assertThat(content.bytes).isLessThanOrEqualTo(2L * 2 * PORTIONS / 50 * Portions.SIZE);
    }

    /** A content that counts how it is read. */
    private static final class Counted implements SharedContent {

        private final SharedContent content;
        private int reads;
        private long bytes;

        private Counted(SharedContent content) {
            this.content = content;
        }

        @Override
        public String name() {
            return content.name();
        }

        @Override
        public ContentId id() {
            return content.id();
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return content.pieceHashes(pieceSize);
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            reads++;
            bytes += length;
            content.transferTo(offset, length, target);
        }
    }
}
