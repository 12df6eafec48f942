package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An index server and its peers, with all their files in one folder. */
final class Swarm {

    static {
        // what a test run that is stopped in the middle has started
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
    }

    private final Path folder;
    private final List<RunningProgram> started = new ArrayList<>();
    private final Index index;

    Swarm(Path folder) throws IOException {
        this.folder = folder;
        this.index = new Index(this, Files.createDirectories(folder.resolve("index")));
    }

    /** The index server, which the test starts. */
    Index index() {
        return index;
    }

    /** Another index server, with a config of its own, which the test starts. */
    Index anotherIndex(String name) throws IOException {
        return new Index(this, Files.createDirectories(folder.resolve(name)));
    }

    /** A new peer with its config and all the plugins, whose host does not run yet. */
    Peer peer(String name) throws IOException {
        return new Peer(this, name, Files.createDirectories(folder.resolve(name)));
    }

    /** A new peer whose host runs. */
    Peer runningPeer(String name, String... settings) throws IOException {
        Peer peer = peer(name);
        peer.start(settings);
        return peer;
    }

    /** A folder beside those of the programs. */
    Path elsewhere() throws IOException {
        return Files.createDirectories(folder.resolve("elsewhere"));
    }

    RunningProgram start(Program program, Path at, List<String> arguments) throws IOException {
        String log = arguments.getFirst() + "-" + started.size();
        RunningProgram running = program.start(at, log, arguments);
        started.add(running);
        return running;
    }

    /** Shows what all programs have logged, for a test that has failed. */
    void showLogs() {
        for (RunningProgram program : started) {
            try {
                System.err.println("— " + folder.relativize(program.errors()));
                System.err.println(Files.readString(program.errors()));
            } catch (IOException gone) {
                System.err.println(gone);
            }
        }
    }

    /** Ends every process that was started here. */
    void killAll() throws InterruptedException {
        for (RunningProgram program : started.reversed()) {
            program.kill();
        }
    }
}
