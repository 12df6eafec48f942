package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the host relies on in a {@link FileHasher}, as tests: a plugin's test class extends this one and says which hasher
 * it is about. That the digests are the right ones is for the plugin's own tests, against its algorithm's test vectors.
 */
public abstract class FileHasherContract {

    private static final int THREADS = 8;

    /** A hasher as the host makes it: with the constructor that takes nothing. */
    protected abstract FileHasher hasher();

    @Test
    final void the_algorithm_can_begin_a_content_id_and_stays_the_same() {
        FileHasher hasher = hasher();
        byte[] digest = hasher.newDigest().digest();
        assertThat(ContentId.of(hasher.algorithm(), digest).algorithm()).isEqualTo(hasher.algorithm());
        assertThat(hasher().algorithm()).isEqualTo(hasher.algorithm());
    }

    @Test
    final void digests_have_the_length_that_they_say_16_to_64_bytes() {
        MessageDigest digest = hasher().newDigest();
        assertThat(digest.getDigestLength()).isBetween(16, 64);
        for (int size : new int[]{0, 1, 63, 64, 1024, PieceSize.BLOCK}) {
            assertThat(digest.digest(bytes(size))).hasSize(digest.getDigestLength());
        }
        assertThat(hasher().newDigest().getDigestLength()).isEqualTo(digest.getDigestLength());
    }

    @Test
    final void bytes_count_in_whatever_portions_they_come() {
        byte[] block = bytes(PieceSize.BLOCK);
        byte[] expected = hasher().newDigest().digest(block);
        for (int portion : new int[]{1, 7, 64, 1000, 4096}) {
            MessageDigest digest = hasher().newDigest();
            for (int at = 0; at < block.length; at += portion) {
                digest.update(block, at, Math.min(portion, block.length - at));
            }
            assertThat(digest.digest()).as("in portions of %s", portion).isEqualTo(expected);
        }
        MessageDigest digest = hasher().newDigest();
        for (byte one : block) {
            digest.update(one);
        }
        assertThat(digest.digest()).as("one by one").isEqualTo(expected);
    }

    @Test
    final void buffers_are_read_from_position_to_limit_wherever_their_memory_is() {
        byte[] block = bytes(PieceSize.BLOCK);
        byte[] expected = hasher().newDigest().digest(block);
        for (ByteBuffer room : List.of(ByteBuffer.allocate(block.length + 9), ByteBuffer.allocateDirect(
                block.length + 9))) {
            ByteBuffer buffer = room.position(5).put(block).flip().position(5);
            MessageDigest digest = hasher().newDigest();
            digest.update(buffer);
            assertThat(digest.digest()).isEqualTo(expected);
            assertThat(buffer.hasRemaining()).isFalse();
        }
    }

    @Test
    final void a_digest_begins_anew_once_it_is_taken_or_reset() {
        byte[] block = bytes(1000);
        MessageDigest digest = hasher().newDigest();
        byte[] first = digest.digest(block);
        assertThat(digest.digest(block)).isEqualTo(first);
        digest.update(bytes(17));
        digest.reset();
        assertThat(digest.digest(block)).isEqualTo(first);
    }

    @Test
    final void other_bytes_have_another_digest() {
        byte[] block = bytes(PieceSize.BLOCK);
        byte[] digest = hasher().newDigest().digest(block);
        for (int at : new int[]{0, 1, block.length / 2, block.length - 1}) {
            byte[] other = block.clone();
            other[at] ^= 1;
            assertThat(hasher().newDigest().digest(other)).as("with byte %s changed", at).isNotEqualTo(digest);
        }
        byte[] longer = Arrays.copyOf(block, block.length + 1);
        assertThat(hasher().newDigest().digest(longer)).isNotEqualTo(digest);
    }

    @Test
    final void digests_of_one_hasher_do_not_disturb_each_other() {
        FileHasher hasher = hasher();
        MessageDigest one = hasher.newDigest();
        MessageDigest other = hasher.newDigest();
        assertThat(other).isNotSameAs(one);
        one.update(bytes(100));
        other.update(bytes(200));
        assertThat(one.digest()).isEqualTo(hasher().newDigest().digest(bytes(100)));
        assertThat(other.digest()).isEqualTo(hasher().newDigest().digest(bytes(200)));
    }

    @Test
    final void many_threads_use_one_hasher_at_once() throws Exception {
        FileHasher hasher = hasher();
        byte[] block = bytes(PieceSize.BLOCK);
        byte[] expected = hasher.newDigest().digest(block);
        Callable<byte[]> task = () -> {
            byte[] last = {};
            for (int i = 0; i < 50; i++) {
                last = hasher.newDigest().digest(block);
                assertThat(last).isEqualTo(expected);
            }
            return last;
        };
        List<Future<byte[]>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(task));
            }
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }
}
