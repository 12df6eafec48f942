package dev.swarmdex.bench;

import dev.swarmdex.bench.LoadProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Requests to a tracker.
 *
 * @param program makes them
 * @param torrents how many they are about
 */
record TrackerLoad(LoadProgram program, int torrents) {

    /** Writes the info-hashes of its torrents, one on a line. */
    void writeHashes(Path file) throws IOException, InterruptedException {
        Files.writeString(file, program.print("hashes", Integer.toString(torrents)));
    }

    /**
     * Loads the tracker on that port for some seconds, with requests of that kind.
     *
     * @param rate how many a second, 0 for as many as it answers
     * @param seed chooses them
     */
    Result run(String kind, int port, int seconds, long rate, long seed) throws IOException, InterruptedException {
        return program.run(kind, Integer.toString(torrents), Integer.toString(port), Integer.toString(seconds),
                Long.toString(rate), Long.toString(seed));
    }

    /** Announces so many different members. */
    Result fill(int port, int members) throws IOException, InterruptedException {
        return program.run("fill", Integer.toString(torrents), Integer.toString(port), Integer.toString(members));
    }
}
