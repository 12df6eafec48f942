package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The least that a transfer with a check does, {@code floor.c}, built by this machine's C compiler: one file over one
 * connection, digested in blocks, on the disk. It names, asks and registers nothing.
 */
record Floor(Programs programs, Programs.Running sender, Path program, int port, long size,
        Path target) implements Contender {

    private static final String SOURCE = "floor.c";

    /** Builds it in that folder, and sends that file. */
    static Floor start(Programs programs, Path file, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path source = folder.resolve(SOURCE);
        try (InputStream text = Objects.requireNonNull(Floor.class.getResourceAsStream(SOURCE))) {
            Files.copy(text, source);
        }
        Path program = folder.resolve("floor");
        programs.run(List.of("gcc", "-O2", "-o", program.toString(), source.toString(), "-l:libcrypto.so.3",
                "-lpthread"));
        Programs.Running sender = programs.start("floor.log",
                List.of(program.toString(), "send", file.toString()));
        int port = Integer.parseInt(sender.await("sends at port (\\d+)").group(1));
        return new Floor(programs, sender, program, port, Files.size(file), folder.resolve("fetched"));
    }

    @Override
    public String name() {
        return "C: receive, SHA-256, write";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        programs.run(List.of(program.toString(), "receive", Integer.toString(port), Long.toString(size),
                target.toString()));
        return target;
    }

    @Override
    public void forget(Path fetched) throws IOException {
        Files.delete(fetched);
    }

    @Override
    public List<ProcessHandle> senders() {
        return List.of(sender.process().toHandle());
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of();
    }
}
