package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What can be seen, and done, while files are hashed. */
@Timeout(60)
class HashingTest {

    private static final int SIZE = 40 << 20;

    @TempDir
    Path temp;

    private final Semaphore digests = new Semaphore(0);
    private Path folder;
    private Sharing sharing;

    @BeforeEach
    void startHashingOneBlockAtATime() throws IOException {
        folder = Files.createDirectory(temp.toRealPath().resolve("shared"));
        Files.write(folder.resolve("large"), new byte[SIZE]);
        Files.write(folder.resolve("small"), new byte[100]);
        sharing = Sharing.of(temp.resolve("state"), folder);
        sharing.hasher.beforeDigest = digests::acquireUninterruptibly;
        sharing.files.start();
        await().until(() -> sharing.files.progress().filesLeft() == 2);
    }

    @AfterEach
    void close() throws IOException {
        digests.release(1 << 30);
        sharing.close();
    }

    @Test
    void progressIsToldUntilAllIsDone() throws IOException {
        assertThat(sharing.files.progress()).isEqualTo(new HashingProgress(0, SIZE + 100, 2));
        digests.release(1000);
        await().until(() -> sharing.files.progress().bytesDone() > 0);
        assertThat(sharing.files.progress().bytesDone()).isLessThan(SIZE);

        digests.release(1 << 20);
        sharing.settle();

        assertThat(sharing.files.progress()).isEqualTo(new HashingProgress(0, 0, 0));
        assertThat(sharing.names()).containsExactly("large", "small");
    }

    @Test
    void closingDoesNotWaitForTheHashing() throws Exception {
        sharing.hasher.beforeDigest = HashingTest::rest;
        digests.release(1 << 20);
        CountDownLatch closed = new CountDownLatch(1);
        Thread closing = Thread.ofPlatform().start(() -> {
            try {
                sharing.close();
                closed.countDown();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
        assertThat(sharing.names()).doesNotContain("large");
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("sharing") || name.startsWith("hash-")));
    }

    @Test
    void aFileThatChangesWhileItIsHashedIsHashedAnew() throws IOException {
        Files.write(folder.resolve("large"), new byte[1000]);
        await().until(() -> sharing.files.progress().bytesTotal() <= 1100);

        digests.release(1 << 20);
        sharing.settle();

        assertThat(sharing.file("large").size()).isEqualTo(1000);
        assertThat(sharing.heard).containsExactlyInAnyOrder("+small", "+large");
    }

    @Test
    void aFileThatGoesWhileItIsHashedIsForgotten() throws IOException {
        Files.delete(folder.resolve("large"));
        await().until(() -> sharing.files.progress().filesLeft() == 1);

        digests.release(1 << 20);
        sharing.settle();

        assertThat(sharing.names()).containsExactly("small");
    }

    @Test
    void aFileUnsharedWhileItIsHashedIsNotOffered() throws IOException {
        assertThat(sharing.unshare("large")).isEmpty();

        digests.release(1 << 20);
        sharing.settle();

        assertThat(sharing.heard).containsExactly("+small");
    }

    /** As long as hashing 40 MiB takes half a minute. */
    private static void rest() {
        try {
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
