package dev.swarmdex.store.database;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;

class BackgroundForceTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_written_is_soon_on_the_disk() {
        LossyPath.Disk disk = LossyPath.use(_ -> {});
        try (MVStore store = new MVStore.Builder()
                .fileName(LossyPath.SCHEME + ":" + folder.resolve("index.mv.db")).autoCommitDisabled().open();
                BackgroundForce _ = BackgroundForce.start(store)) {
            for (int change = 0; change < 3; change++) {
                store.openMap("changes").put(change, change);
                store.commit();
                await().until(disk::isAllForced);
            }
        }
    }
}
