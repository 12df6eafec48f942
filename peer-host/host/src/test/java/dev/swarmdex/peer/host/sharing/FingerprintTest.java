package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FingerprintTest {

    private static final Instant MODIFIED = Instant.parse("2024-02-03T04:05:06Z");

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"0, 0, true", "0, 1999, true", "0, 2000, false", "0, -1999, true", "0, -2000, false", "1, 0, false",
            "500000000, 100, false"})
    void aTimeOfWholeSecondsIsRacyForTwoSeconds(int nanos, long millisLater, boolean racy) {
        assertThat(modifiedAt(MODIFIED.plusNanos(nanos)).racy(MODIFIED.plusMillis(millisLater))).isEqualTo(racy);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "999, false", "1000, true", "100000, true", "-1, true", "-100000, true"})
    void theAgeIsThatOfTheModificationAndTheFutureCountsAsOld(long millisLater, boolean old) {
        assertThat(modifiedAt(MODIFIED).olderThan(Duration.ofSeconds(1), MODIFIED.plusMillis(millisLater)))
                .isEqualTo(old);
    }

    @Test
    void onlyARegularFileReachedWithoutLinksHasOne() throws IOException {
        Path folder = Files.createDirectory(temp.toRealPath().resolve("folder"));
        Path file = Files.writeString(folder.resolve("file"), "text");
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path linkedFolder = Files.createSymbolicLink(temp.toRealPath().resolve("linked"), folder);

        assertThat(Fingerprint.of(file)).hasValueSatisfying(print -> {
            assertThat(print.size()).isEqualTo(4);
            assertThat(print.modifiedNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(MODIFIED.getEpochSecond()));
        });
        assertThat(Fingerprint.of(link)).isEmpty();
        assertThat(Fingerprint.of(linkedFolder.resolve("file"))).isEmpty();
        assertThat(Fingerprint.of(folder)).isEmpty();
        assertThat(Fingerprint.of(folder.resolve("../folder/file"))).isEmpty();
        assertThat(Fingerprint.of(folder.resolve("none"))).isEmpty();
    }

    private static Fingerprint modifiedAt(Instant time) {
        return new Fingerprint(1, TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano(), "");
    }
}
