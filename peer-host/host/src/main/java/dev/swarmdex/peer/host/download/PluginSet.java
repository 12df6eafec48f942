package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.util.Map;

/** The plugins that a download needs, as they are when it asks. */
public interface PluginSet {

    /** The transport of a scheme; an IOException names the jar that is missing. */
    Transport transport(String scheme) throws IOException;

    /** The options that the config gives the transport of a scheme. */
    Map<String, String> transportOptions(String scheme);

    /** The hasher of an algorithm; an IOException names the jar that is missing. */
    FileHasher hasher(String algorithm) throws IOException;

    /** The hasher that the config names, for contents whose id nobody knows; an IOException names a missing jar. */
    FileHasher ownHasher() throws IOException;

    /** The selector that the config names; an IOException names the jar that is missing. */
    PeerSelector selector() throws IOException;
}
