package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Timeout(30)
class Md5CacheTest {

    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";

    private final Md5Cache cache = new Md5Cache();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void a_content_is_read_once() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(cache.of(new Abc(1, () -> {}), () -> true, () -> true)).isEqualTo(MD5_OF_ABC);
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void those_who_ask_at_once_wait_for_the_same_read() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SharedContent slow = new Abc(1, () -> {
            reading.countDown();
            await(goOn);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> digests = new ArrayList<>();
            digests.add(threads.submit(() -> cache.of(slow, () -> true, () -> true)));
            reading.await();
            for (int i = 0; i < 10; i++) {
                digests.add(threads.submit(() -> cache.of(slow, () -> true, () -> true)));
            }
            goOn.countDown();
            for (Future<String> digest : digests) {
                assertThat(digest.get()).isEqualTo(MD5_OF_ABC);
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void who_has_left_waits_no_longer_and_the_read_goes_on() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        SharedContent slow = new Abc(1, () -> {
            reading.countDown();
            await(goOn);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> digest = threads.submit(() -> cache.of(slow, () -> false, () -> true));
            reading.await();
            assertThatIOException().isThrownBy(() -> cache.of(slow, () -> false, () -> true));
            goOn.countDown();
            assertThat(digest.get()).isEqualTo(MD5_OF_ABC);
        }
    }

    @Test
    void a_read_that_failed_is_tried_again() throws IOException {
        SharedContent failing = new Abc(1, () -> {
            throw new IOException("the file is gone");
        });
        assertThatIOException().isThrownBy(() -> cache.of(failing, () -> true, () -> true))
                .withMessage("the file is gone");
        assertThat(cache.of(new Abc(1, () -> {}), () -> true, () -> true)).isEqualTo(MD5_OF_ABC);
    }

    @Test
    void a_read_ends_when_nobody_waits_for_it() {
        assertThatIOException().isThrownBy(() -> cache.of(new Abc(1, () -> {}), () -> true, () -> false));
    }

    @Test
    void what_was_not_asked_for_lately_is_forgotten() throws IOException {
        for (int i = 0; i <= 10_000; i++) {
            cache.of(new Abc(i, () -> {}), () -> true, () -> true);
        }
        cache.of(new Abc(10_000, () -> {}), () -> true, () -> true);
        assertThat(reads).hasValue(10_001);
        cache.of(new Abc(0, () -> {}), () -> true, () -> true);
        assertThat(reads).hasValue(10_002);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private interface Step {

        void run() throws IOException;
    }

    /** A content of three bytes with a number for its id, that counts how often it is read. */
    private final class Abc implements SharedContent {

        private final int number;
        private final Step whenRead;

        Abc(int number, Step whenRead) {
            this.number = number;
            this.whenRead = whenRead;
        }

        @Override
        public String name() {
            return "abc";
        }

        @Override
        public ContentId id() {
            return ContentId.of("md5", ByteBuffer.allocate(16).putInt(number).array());
        }

        @Override
        public long size() {
            return 3;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            reads.incrementAndGet();
            whenRead.run();
            target.write(ByteBuffer.wrap("abc".getBytes(UTF_8), (int) offset, (int) length));
        }
    }
}
