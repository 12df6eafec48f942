package dev.swarmdex.peer.api;

import java.util.List;
import org.pf4j.ExtensionPoint;

/** Chooses the peers to download from: a pure function of values, called from any thread, that does not block. */
public interface PeerSelector extends ExtensionPoint {

    /**
     * The name that the config uses: 1 to 32 lower-case letters, digits and {@code -}, beginning with a letter, always
     * the same, unique among the loaded plugins.
     */
    String strategy();

    /** The candidates in the order in which to use them, best first; those left out are not used. */
    List<Candidate> rank(SelectionRequest request);
}
