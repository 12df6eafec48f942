package dev.swarmdex.store.database;

import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a store survives: the sudden death of its process, and a disk that takes no more. */
class CrashTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"PROCESS,1000", "PROCESS,5000", "FSYNC,1000", "FSYNC,5000"})
    void everything_acknowledged_outlives_a_killed_process(String durability, int acknowledgements) throws IOException {
        Path base = folder.resolve("index");
        var offered = new HashSet<String>();
        var withdrawn = new HashSet<String>();
        try (var process = StoreProcess.start(base, durability)) {
            process.send("load");
            for (int i = 0; i < acknowledgements; i++) {
                note(process.line(), offered, withdrawn);
            }
            process.kill();
            process.lines().filter(line -> line.matches("[+-]file\\d+"))
                    .forEach(line -> note(line, offered, withdrawn));
        }

        try (var store = DatabaseStore.open(
                StoreSettings.of("jdbc:h2:file:" + base, Durability.valueOf(durability)))) {
            assertThat(offered).hasSizeGreaterThan(acknowledgements / 3)
                    .allMatch(name -> isShown(store.lookups(), name));
            assertThat(withdrawn).hasSizeGreaterThan(acknowledgements / 10)
                    .noneMatch(name -> isShown(store.lookups(), name));
            assertThat(OwnerSql.rows("jdbc:h2:file:" + base, """
                    select count(*) as n from mapping m join session s on s.number = m.session
                    where m.since < s.since or m.until < m.since""")).containsExactly(Map.of("n", 0L));
        }
    }

    @Test
    void a_disk_that_takes_no_more_refuses_changes_and_recovers_when_there_is_room() throws Exception {
        Path base = folder.resolve("index");
        try (var process = StoreProcess.start(base, "PROCESS")) {
            assertThat(process.ask("register before 100")).isEqualTo("done");
            limitFileSize(process, Long.toString(Files.size(folder.resolve("index.mv.db")) + 100_000));

            assertThat(process.ask("register during 1000000")).contains("the disk is full: make room for");
            assertThat(process.ask("register during 1000000")).contains("the disk is full: make room for");
            assertThat(process.ask("find before42")).isEqualTo("1");
            assertThat(process.ask("find during0")).isEqualTo("1");

            limitFileSize(process, "unlimited");
            await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO)
                    .until(() -> process.ask("register after 100").equals("done"));
            assertThat(process.ask("find before99")).isEqualTo("1");
            assertThat(process.ask("find after99")).isEqualTo("1");
        }
        try (var store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + base, Durability.PROCESS))) {
            assertThat(List.of("before0", "before99", "during0", "after0", "after99"))
                    .allMatch(name -> isShown(store.lookups(), name));
        }
    }

    /** The operating system's limit on the size of a file is a full disk that needs no other disk. */
    private static void limitFileSize(StoreProcess process, String bytes) throws IOException, InterruptedException {
        Process limit;
        try {
            limit = new ProcessBuilder(
                    "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":unlimited")
                    .redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new TestAbortedException("this system has no prlimit", e);
        }
        assertThat(limit.waitFor()).as(new String(limit.getInputStream().readAllBytes(), UTF_8)).isZero();
    }

    private static void note(String line, Set<String> offered, Set<String> withdrawn) {
        assertThat(line).matches("[+-]file\\d+");
        String name = line.substring(1);
        if (line.startsWith("-")) {
            withdrawn.add(name);
        } else if (Integer.parseInt(name.substring(4)) % 3 != 0) {
            offered.add(name);
        }
    }

    private static boolean isShown(Lookups lookups, String name) {
        return !lookups.byName(name, Cursor.START, 1).listings().isEmpty();
    }
}
