package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.TreeHasher;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class HashingQueueTest {

    private static final int FILES = 20_000;
    private static final int FEW = 2;

    @TempDir
    private Path folder;

    @Test
    void who_asks_is_never_the_one_that_is_told_however_soon_it_is() throws Exception {
        Set<Thread> told = ConcurrentHashMap.newKeySet();
        // so few that each has its turn at once, while the next one is added
        Semaphore waiting = new Semaphore(FEW);
        try (HashingQueue queue = new HashingQueue(new TreeHasher(new CountingHasher("sha256-tree"), 2))) {
            queue.start();
            for (int i = 0; i < FILES; i++) {
                waiting.acquire();
                // it is not there, so that nothing could be sooner
                var _ = queue.add(folder.resolve("missing"), 1, (_, _) -> {
                    told.add(Thread.currentThread());
                    waiting.release();
                });
            }

            waiting.acquire(FEW);
        }
        assertThat(told).isNotEmpty().doesNotContain(Thread.currentThread());
    }
}
