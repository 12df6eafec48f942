package dev.swarmdex.peer.api;

import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * Chooses the peers to download from: a pure function of values, called from any thread, that does not block. Whatever
 * looks random in it comes from the request's seed, so that an answer can be explained and repeated.
 */
public interface PeerSelector extends ExtensionPoint {

    /**
     * The name that the config uses: 1 to 32 lower-case letters, digits and {@code -}, beginning with a letter, always
     * the same, unique among the loaded plugins.
     */
    String strategy();

    /**
     * The candidates in the order in which to use them, best first, each at most once; those left out are not used. The
     * host begins with the first few and goes on to the others as transfers end.
     */
    List<Candidate> rank(SelectionRequest request);
}
