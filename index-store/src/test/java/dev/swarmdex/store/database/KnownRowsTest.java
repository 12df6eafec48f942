package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the writer asks the database before it writes takes no longer when there is more. */
class KnownRowsTest {

    private static final int DOWNLOADS = 300;
    private static final Content POPULAR = new Content("popular", Optional.of("sha256-tree:00"), 1);

    @TempDir
    private Path folder;

    @Test
    void however_often_a_content_was_downloaded_a_report_of_it_reads_a_few_rows() {
        String url = "jdbc:h2:file:" + folder.resolve("index");
        try (var store = DatabaseStore.open(StoreSettings.of(url, Durability.PROCESS))) {
            for (int peer = 0; peer < DOWNLOADS; peer++) {
                assertThat(report(store, "peer" + peer)).isTrue();
            }
            assertThat(report(store, "peer7")).isFalse();

            assertThat(RowsRead.by(url, KnownRows.RECORDED, query -> query.bind("name", POPULAR.name())
                    .bind("id", POPULAR.id().orElseThrow()).bind("size", POPULAR.size())
                    .bind("recently", Times.bind(Instant.EPOCH)).bind("peer", "peer7").bind("source", "alice")
                    .bind("bytes", 1).bind("seconds", 1).bind("result", "finished"))).isBetween(1, 10);
        }
    }

    private static boolean report(IndexStore store, String peer) {
        return store.submit(new Change.Report(POPULAR, peer, "alice", 1, Duration.ofSeconds(1),
                Change.DownloadResult.FINISHED)).join();
    }
}
