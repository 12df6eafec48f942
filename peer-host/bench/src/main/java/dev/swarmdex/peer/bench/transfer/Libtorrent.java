package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Debian's python3-libtorrent over TCP, as a seed and a peer that know each other's address. */
record Libtorrent(Programs programs, Programs.Running seed, int port, Path script, Path torrent, Path folder)
        implements
            Contender {

    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = "libtorrent_peer.py";

    /** Seeds that file. */
    static Libtorrent start(Programs programs, Path file, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = Objects.requireNonNull(Libtorrent.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
        }
        Path torrent = folder.resolve("file.torrent");
        Programs.Running seed = programs.start("libtorrent.log",
                List.of(PYTHON, "-u", script.toString(), "seed", file.toString(), torrent.toString()));
        int port = Integer.parseInt(seed.await("seeds at port (\\d+)").group(1));
        return new Libtorrent(programs, seed, port, script, torrent, folder);
    }

    @Override
    public String name() {
        return "libtorrent over TCP";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        String name = programs.run(List.of(PYTHON, script.toString(), "get", torrent.toString(), folder.toString(),
                Integer.toString(port)));
        return folder.resolve(name.strip());
    }

    @Override
    public void forget(Path fetched) throws IOException {
        Files.delete(fetched);
    }

    @Override
    public List<ProcessHandle> senders() {
        return List.of(seed.process().toHandle());
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of();
    }
}
