package dev.swarmdex.store.database;

import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

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
