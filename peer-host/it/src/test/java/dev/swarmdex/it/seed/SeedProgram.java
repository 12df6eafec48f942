package dev.swarmdex.it.seed;

import java.io.IOException;
import java.util.Map;

/** A whole program of a seed, which offers files of its own and fetches those of others as its users would. */
public interface SeedProgram extends AutoCloseable {

    /** Serves these files and, where the seed has one, tells the index, which may take a moment. */
    void offer(Map<String, byte[]> files) throws IOException;

    /**
     * Finds out who has a file and downloads it.
     *
     * @throws RefusedException when nobody has it
     */
    byte[] fetch(String name) throws IOException;

    @Override
    void close() throws IOException;
}
