package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class GivenUpReadTest {

    /** A content that may have to wait before it is sent, and gives up when nobody is left to send it to. */
    private static final class Waiting implements SharedContent {

        @Override
        public String name() {
            return "a";
        }

        @Override
        public ContentId id() {
            return new ContentId("sha256-tree", "ab".repeat(32));
        }

        @Override
        public long size() {
            return Portions.SIZE;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            if (!target.isOpen()) {
                throw new IOException("nobody is left to send it to");
            }
            target.write(ByteBuffer.allocate((int) length));
        }
    }

    @Test
    void one_who_has_left_is_not_read_for_any_longer() throws IOException {
        AtomicBoolean there = new AtomicBoolean(true);
        assertThat(new PortionReader(there::get).read(new Waiting(), 0).remaining()).isEqualTo(Portions.SIZE);

        there.set(false);

        assertThatIOException().isThrownBy(() -> new PortionReader(there::get).read(new Waiting(), 0))
                .withMessageContaining("nobody is left");
    }
}
