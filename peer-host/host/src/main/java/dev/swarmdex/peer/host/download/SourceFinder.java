package dev.swarmdex.peer.host.download;

import java.io.IOException;
import java.util.List;

/** Finds the peers that offer a download's content right now. */
@FunctionalInterface
public interface SourceFinder {

    /** The sources that this host can reach by one of its transports, in no order. */
    List<Source> find() throws IOException, InterruptedException;
}
