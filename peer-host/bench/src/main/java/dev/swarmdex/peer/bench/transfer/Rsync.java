package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An rsync daemon, and {@code rsync -a} to an empty folder; what came is left in the page cache, or forced to the disk. */
record Rsync(Programs programs, Scratch scratch, Programs.Running daemon, String url, Path target,
        boolean forces) implements Contender {

    /** Serves that folder. */
    static Rsync start(Programs programs, Scratch scratch, Path set) throws IOException, InterruptedException {
        Path folder = scratch.folder();
        int port = Programs.freePort();
        Path log = Files.createFile(folder.resolve("rsyncd.log"));
        Path config = Files.writeString(folder.resolve("rsyncd.conf"), """
                address = 127.0.0.1
                port = %d
                use chroot = no
                log file = %s
                [set]
                path = %s
                uid = %s
                read only = yes
                """.formatted(port, log, set, System.getProperty("user.name")));
        Programs.Running daemon = programs.start("rsync.out",
                List.of("rsync", "--daemon", "--no-detach", "--config=" + config));
        new Programs.Running(daemon.process(), log).await("rsyncd version");
        return new Rsync(programs, scratch, daemon, "rsync://127.0.0.1:" + port + "/set/", folder.resolve("rsynced"),
                false);
    }

    /** The same, forced to the disk as our own downloads are. */
    Rsync forcing() {
        return new Rsync(programs, scratch, daemon, url, target, true);
    }

    @Override
    public String name() {
        return forces ? "rsync -a, then sync -f" : "rsync -a from a daemon";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        programs.run(List.of("rsync", "-a", url, target + "/"));
        if (forces) {
            programs.run(List.of("sync", "-f", target.toString()));
        }
        return target;
    }

    @Override
    public void forget(Path fetched) throws IOException {
        scratch.setAside(fetched);
    }

    @Override
    public List<ProcessHandle> senders() {
        return List.of(daemon.process().toHandle());
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of();
    }
}
