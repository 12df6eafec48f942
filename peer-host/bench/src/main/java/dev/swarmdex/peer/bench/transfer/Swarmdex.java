package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two hosts and the command that has one of them get the file from the other; it ends when the file is whole and verified. */
record Swarmdex(Swarm swarm, Swarm.Host sender, Swarm.Host receiver, String file) implements Contender {

    /** Shares that file. */
    static Swarmdex start(Swarm swarm, Path file) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        Path shared = swarm.prepare("sender", "").resolve("shared");
        Files.createLink(shared.resolve(name), file);
        Swarm.Host sender = swarm.run("sender");
        swarm.prepare("receiver", "");
        Swarm.Host receiver = swarm.run("receiver");
        swarm.awaitOffered(receiver, name, 1);
        return new Swarmdex(swarm, sender, receiver, name);
    }

    @Override
    public String name() {
        return "swarmdex peer get";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        swarm.command(receiver, "get", file);
        return receiver.downloads().resolve(file);
    }

    @Override
    public void forget(Path fetched) throws IOException, InterruptedException {
        swarm.awaitOffered(receiver, file, 2);
        swarm.command(receiver, "delete", file);
        swarm.awaitOffered(receiver, file, 1);
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
