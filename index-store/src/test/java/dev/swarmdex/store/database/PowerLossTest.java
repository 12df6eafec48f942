package dev.swarmdex.store.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** That what was hardened is there after a loss of power at any moment, whatever is tidied in the file meanwhile. */
class PowerLossTest {

    private static final int ROWS = 9_000;
    private static final int PAYLOAD = 2000;
    private static final int COMMITS = 100;
    private static final int CHANGES = 40;
    /** One write in so many is the last one. */
    private static final int RARE = 10;

    private final Random random = new Random(11);
    private int hardened;
    private int losses;
    private boolean begun;
    private boolean unhardened;

    @TempDir
    private Path folder;

    @BeforeEach
    void choose() {
        H2Loopback.choose();
    }

    @Test
    void what_was_hardened_is_there_and_a_quiet_file_gets_shorter() throws Exception {
        H2File file = new H2File(folder.resolve("index"));
        LossyPath.use(this::perhapsLosePower);
        String url = "jdbc:h2:" + LossyPath.SCHEME + ":" + file.base() + ";WRITE_DELAY=0";
        try (Handle handle = Jdbi.open(url); var space = new H2Space(Readers.of(file), Duration.ofMillis(1))) {
            handle.execute("create table t (number int primary key, version int, payload varchar)");
            handle.execute("insert into t select x, 0, rpad('', ?, 'old') from system_range(1, ?)", PAYLOAD, ROWS);
            handle.execute("checkpoint sync");
            begun = true;
            for (int commit = 1; commit <= COMMITS; commit++) {
                change(handle, commit);
                hardened = commit;
                if (commit > COMMITS / 2) {
                    tidy(space, handle);
                }
            }
            await().pollInSameThread().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(60)).until(() -> {
                tidy(space, handle);
                return Files.size(file.data()) < ROWS * PAYLOAD * 3L / 2;
            });
        }
        assertThat(losses).isGreaterThan(5);
    }

    private void change(Handle handle, int commit) {
        handle.useTransaction(_ -> {
            handle.execute("update t set version = ? where number = 1", commit);
            for (int change = 0; change < CHANGES; change++) {
                handle.execute("update t set version = ?, payload = rpad('', ?, ?) where number = ?", commit,
                        PAYLOAD, "" + commit, 2 + random.nextInt(ROWS - 1));
            }
        });
        handle.execute("checkpoint sync");
        unhardened = false;
    }

    /** As the database does: what was tidied is hardened with the next change, or else before the next look. */
    private void tidy(H2Space space, Handle handle) throws Exception {
        if (unhardened) {
            handle.execute("checkpoint sync");
        }
        unhardened = space.tidy(handle);
    }

    private void perhapsLosePower(LossyPath.Disk disk) {
        if (!begun || random.nextInt(RARE) > 0) {
            return;
        }
        losses++;
        Path left = folder.resolve("left.mv.db");
        try {
            disk.losePower(random, left);
            assertHas(folder.resolve("left"), hardened);
            Files.delete(left);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of that version, and perhaps of the next one, which was under way. */
    private static void assertHas(Path database, int version) {
        try (Handle handle = Jdbi.open("jdbc:h2:file:" + database)) {
            int found = handle.select("select version from t where number = 1").mapTo(Integer.class).one();
            assertThat(found).isBetween(version, version + 1);
            assertThat(handle.select("select max(version) from t").mapTo(Integer.class).one()).isEqualTo(found);
            assertThat(handle.select("select count(*) from t where length(payload) = ?", PAYLOAD).mapTo(Integer.class)
                    .one())
                    .isEqualTo(ROWS);
        }
    }
}
