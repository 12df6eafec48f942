package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Two hosts and the command that has one of them get a folder from the other; it ends when all files are verified. */
record FolderOfSwarmdex(Swarm swarm, Swarm.Host sender, Swarm.Host receiver, Scratch scratch, String folder)
        implements
            Contender {

    /** Shares that folder, and waits until the index lists all of it. */
    static FolderOfSwarmdex start(Swarm swarm, Scratch scratch, Path set) throws IOException, InterruptedException {
        swarm.prepare("sender", "");
        swarm.prepare("receiver", "");
        Swarm.Host sender = swarm.run("sender");
        Swarm.Host receiver = swarm.run("receiver");
        swarm.command(sender, "share", set.toString());
        String name = set.getFileName() + ".folder";
        swarm.awaitOffered(receiver, name, 1);
        return new FolderOfSwarmdex(swarm, sender, receiver, scratch, name);
    }

    @Override
    public String name() {
        return "swarmdex peer get";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        swarm.command(receiver, "get", folder);
        return receiver.downloads().resolve("set");
    }

    @Override
    public void forget(Path fetched) throws IOException, InterruptedException {
        swarm.awaitOffered(receiver, folder, 2);
        swarm.command(receiver, "unshare", folder);
        scratch.setAside(fetched);
        while (!JsonMapper.shared().readTree(swarm.command(receiver, "status", "--json")).path("shares").isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        swarm.awaitOffered(receiver, folder, 1);
    }

    @Override
    public List<ProcessHandle> senders() {
        return List.of(sender.process().toHandle());
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of(receiver.process().toHandle());
    }
}
