package dev.swarmdex.store.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we rely on H2's file for, and what its versions 2.5.250 and 2.5.252 do not keep: their header names the chunk
 * before the one that is not where its predecessor foretold, so that all that was committed since is not found after a
 * crash.
 */
class CommittedChunksTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_committed_is_in_the_file_as_it_is_at_that_moment() throws Exception {
        Path file = folder.resolve("live.mv.db");
        Path killed = folder.resolve("killed.mv.db");
        Random random = new Random(7);
        try (MVStore store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open()) {
            store.setRetentionTime(0);
            MVMap<Integer, byte[]> values = store.openMap("values");
            for (int commit = 1; commit <= 500; commit++) {
                byte[] value = new byte[random.nextInt(40_000)];
                random.nextBytes(value);
                values.put(random.nextInt(50), value);
                values.put(-1, new byte[commit]);
                store.commit();
                Files.copy(file, killed, StandardCopyOption.REPLACE_EXISTING);
                assertThat(lastCommit(killed)).isEqualTo(commit);
            }
        }
    }

    private static int lastCommit(Path file) {
        try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            MVMap<Integer, byte[]> values = store.openMap("values");
            byte[] last = values.get(-1);
            return last == null ? 0 : last.length;
        }
    }
}
