package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a swarm of its own, which ends with it. */
abstract class WholeSystem extends RealPrograms {

    private Swarm swarm;

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        swarm = new Swarm(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        swarm.killAll();
    }

    @Override
    Swarm swarm() {
        return swarm;
    }

    Index index() {
        return swarm.index();
    }
}
