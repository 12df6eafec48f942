package dev.swarmdex.peer.host.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class TreeHasherTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final TreeHasher hasher = new TreeHasher(JdkHasher.SHA256, 2);

    @AfterEach
    void close() {
        hasher.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16384, 65536, 65537, MIB - 1, MIB + 1, 8 * MIB, 8 * MIB + 1, 27 * MIB + 12345})
    void aFileHasTheTreeOfItsBytes(int size) throws Exception {
        byte[] content = Contents.ofSize(size);
        AtomicLong progress = new AtomicLong();

        HashTree tree = hasher.hash(file(content), progress::addAndGet);

        assertThat(tree)
                .isEqualTo(HashTree.of(JdkHasher.SHA256, size, PieceHasherTest.piecesOf(JdkHasher.SHA256, content)));
        assertThat(progress).hasValue(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65536, 65537, MIB - 1, MIB + 1, 8 * MIB + 1, 17 * MIB + 12345})
    void aFileReadPastThePageCacheHasTheSameTree(int size) throws Exception {
        Path file = file(Contents.ofSize(size));

        HashTree tree = hasher.start(HashedFile.open(file, _ -> true), TreeHasherTest::ignored)
                .get(20, TimeUnit.SECONDS);

        assertThat(tree).isEqualTo(hasher.hash(file, TreeHasherTest::ignored));
    }

    /** Computed with Python's hashlib; the smallest size whose pieces are larger than 64 KiB. */
    @Test
    void largerPiecesGiveTheRootComputedElsewhere() throws Exception {
        HashTree tree = hasher.hash(file(Contents.ofSize(65_536_001)), TreeHasherTest::ignored);

        assertThat(tree.pieceSize()).isEqualTo(128 << 10);
        assertThat(tree.root().hex()).isEqualTo("d04b47b8bb9c3feb0d5a74a136349a85729851a6a633e0cfb847284a874a5ec1");
    }

    @Test
    void severalThreadsWorkOnOneFile() throws Exception {
        CyclicBarrier bothAtWork = new CyclicBarrier(2);
        LongConsumer meet = _ -> {
            try {
                bothAtWork.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("one thread worked alone", e);
            }
        };

        assertThat(hasher.hash(file(new byte[16 * MIB]), meet).pieceCount()).isEqualTo(256);
    }

    @Test
    void manyFilesAreHashedAtOnce() throws Exception {
        List<CompletableFuture<HashTree>> trees = new ArrayList<>();
        for (int size = 0; size < 300; size++) {
            trees.add(hasher.start(file(Contents.ofSize(size)), TreeHasherTest::ignored));
        }
        for (int size = 0; size < 300; size++) {
            assertThat(trees.get(size).get(20, TimeUnit.SECONDS).size()).isEqualTo(size);
        }
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> hasher.hash(folder.resolve("none"), TreeHasherTest::ignored))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file(new byte[1]));

        assertThatThrownBy(() -> hasher.hash(link, TreeHasherTest::ignored)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatBecomesShorterIsAnError() throws Exception {
        Path file = file(new byte[4 * MIB]);

        assertThatThrownBy(() -> hasher.hash(file, _ -> resize(file, MIB))).isInstanceOf(IOException.class)
                .hasMessageContaining("became shorter");
    }

    @Test
    void aFileThatBecomesLongerIsAnError() throws Exception {
        Path file = file(new byte[4 * MIB]);

        assertThatThrownBy(() -> hasher.hash(file, _ -> resize(file, 5 * MIB))).isInstanceOf(IOException.class)
                .hasMessageContaining("became longer");
    }

    @Test
    void whatGoesWrongWhileHashingReachesTheCaller() throws Exception {
        Path file = file(new byte[MIB]);

        assertThatThrownBy(() -> hasher.hash(file, _ -> {
            throw new IllegalStateException("no more");
        })).isInstanceOf(IOException.class).hasMessageContaining("no more");
    }

    @Test
    void anInterruptedCallerStopsTheHashing() throws Exception {
        Path file = file(new byte[64 * MIB]);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicLong hashed = new AtomicLong();
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                hasher.hash(file, bytes -> blockAfterFirst(hashed.addAndGet(bytes), begun));
            } catch (Throwable e) {
                outcome.set(e);
            }
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        hasher.close();
        assertThat(hashed.get()).isLessThan(64 * MIB);
    }

    @Test
    void closingStopsWhatIsHashedAndWhatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicLong hashed = new AtomicLong();
        CompletableFuture<HashTree> working = hasher.start(file(new byte[32 * MIB]),
                bytes -> blockAfterFirst(hashed.addAndGet(bytes), begun));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        hasher.close();

        await().untilAsserted(() -> assertThat(working).isCompletedExceptionally());
        assertThatThrownBy(() -> hasher.hash(file(new byte[1]), TreeHasherTest::ignored))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was stopped");
    }

    /** Holds up each thread until it is interrupted, as closing does, or the file was taken away. */
    private static void blockAfterFirst(long hashed, CountDownLatch begun) {
        begun.countDown();
        if (hashed > 8L * MIB) {
            try {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void ignored(@SuppressWarnings("unused") long bytes) {}

    private static void resize(Path file, long size) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > size) {
                channel.truncate(size);
            } else {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "file", ""), content);
    }
}
