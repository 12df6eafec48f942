package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.host.tree.PastCache;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PastCacheTest {

    private static final int PIECE = 64 << 10;

    @TempDir
    private Path folder;

    @Test
    void a_file_has_the_same_bytes_whichever_way_they_were_written() throws Exception {
        byte[] content = new byte[3 * PIECE + 5000];
        new Random(7).nextBytes(content);
        Path target = folder.resolve("film");
        PieceBuffers buffers = new PieceBuffers(1 << 20);

        try (GrowingFile file = GrowingFile.open(target, ".part"); //
                PieceBuffers.Piece memory = buffers.lend(PIECE, () -> false).orElseThrow()) {
            file.setLength(content.length);
            file.writePastCache();
            for (int piece : new int[]{2, 0, 3, 1}) {
                int offset = piece * PIECE;
                int length = Math.min(PIECE, content.length - offset);
                ByteBuffer bytes = memory.buffer().clear().put(content, offset, length).flip();
                file.write(offset, bytes);
                assertThat(bytes.hasRemaining()).isFalse();
            }
            file.finish();
        }

        assertThat(Files.readAllBytes(target)).isEqualTo(content);
    }

    @Test
    void only_whole_blocks_that_are_aligned_go_past_the_cache() {
        ByteBuffer aligned = ByteBuffer.allocateDirect(3 * 4096).alignedSlice(4096);

        assertThat(PastCache.wholeBlocks(8192, aligned.limit(8191))).isEqualTo(4096);
        assertThat(PastCache.wholeBlocks(8192, aligned.limit(4095))).isZero();
        assertThat(PastCache.wholeBlocks(100, aligned.limit(8192))).isZero();
        assertThat(PastCache.wholeBlocks(8192, aligned.position(1))).isZero();
        assertThat(PastCache.wholeBlocks(8192, ByteBuffer.allocate(8192))).isZero();
    }
}
