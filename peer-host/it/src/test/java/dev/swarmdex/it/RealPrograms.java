package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tests with the real programs; if one fails, the logs of all programs are shown. */
@Timeout(300)
abstract class RealPrograms {

    @RegisterExtension
    final AfterTestExecutionCallback logs = context -> context.getExecutionException()
            .ifPresent(_ -> swarm().showLogs());

    private static boolean classesAreArchived;

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    /** While nothing else runs, a process of each program archives its classes; see {@link Program}. */
    @BeforeAll
    static void archiveClasses(@TempDir Path folder) throws IOException, InterruptedException {
        if (classesAreArchived) {
            return;
        }
        Swarm swarm = new Swarm(folder);
        try {
            swarm.index().start();
            swarm.runningPeer("archivist").process().terminate();
            swarm.index().process().terminate();
            classesAreArchived = true;
        } finally {
            swarm.killAll();
        }
    }

    /** What the test runs. */
    abstract Swarm swarm();
}
