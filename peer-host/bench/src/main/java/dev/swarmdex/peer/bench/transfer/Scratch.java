package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A folder for one measurement, gone afterwards. */
record Scratch(Path folder) implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("swarmdex-bench"));
    }

    /** A file of so many mebibytes that look random, the same each time. */
    Path file(String name, int mebibytes) throws IOException {
        Path file = folder.resolve(name);
        SplittableRandom random = new SplittableRandom(1);
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(chunk);
                out.write(chunk);
            }
        }
        return file;
    }

    /**
     * Takes what was fetched out of the way of the next round. It is only removed in the end: some file systems avoid the
     * inodes of files that were deleted less than a minute ago, so that thousands of deletions slow down whoever comes next.
     */
    void setAside(Path fetched) throws IOException {
        Files.move(fetched, Files.createTempDirectory(folder, "aside").resolve(fetched.getFileName()));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
