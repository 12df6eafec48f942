package dev.swarmdex.bench;

import com.beust.jcommander.JCommander;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A few rounds of the crash test. */
@Timeout(300)
class CrashIT {

    @ParameterizedTest
    @ValueSource(strings = {"process", "fsync"})
    void nothing_acknowledged_is_lost_and_nothing_risen_again(String durability) throws Exception {
        var crash = new Crash();
        JCommander.newBuilder().addObject(crash).build().parse("--rounds", "5", "--durability", durability);

        Crash.Summary summary = crash.run();

        assertThat(summary.isGood()).as("%s", summary).isTrue();
    }

    @Test
    void nor_on_postgresql_whether_the_index_is_killed_or_its_database() throws Exception {
        var crash = new Crash();
        JCommander.newBuilder().addObject(crash).build().parse("--rounds", "4", "--postgres");

        Crash.Summary summary = crash.run();

        assertThat(summary.isGood()).as("%s", summary).isTrue();
    }
}
