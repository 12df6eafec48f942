package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A way to get the file from a running program on this machine to another place on its disk. */
interface Contender {

    /** What the table calls it. */
    String name();

    /** Gets the file with a command, or several, that have ended when this returns; tells where it is. */
    Path fetch() throws IOException, InterruptedException;

    /** Makes it as if the file had never been fetched. */
    void forget(Path fetched) throws IOException, InterruptedException;

    /** What runs all the time and sends. */
    List<ProcessHandle> senders();

    /** What runs all the time and receives. */
    List<ProcessHandle> receivers();
}
