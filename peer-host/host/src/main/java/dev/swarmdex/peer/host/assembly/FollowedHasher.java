package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.plugin.MissingPluginException;
import dev.swarmdex.peer.host.plugin.PluginHost;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hasher that the config names, always the newest of it. If its plugin is taken away, the one that was used last goes
 * on: files can't be shared without. Safe for many threads.
 */
final class FollowedHasher implements FileHasher {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedHasher.class);

    private final PluginHost plugins;
    private final String algorithm;
    private FileHasher latest;
    private boolean missing;

    FollowedHasher(PluginHost plugins, String algorithm) throws MissingPluginException {
        this.plugins = plugins;
        this.algorithm = algorithm;
        this.latest = plugins.hasher(algorithm);
    }

    @Override
    public String algorithm() {
        return algorithm;
    }

    @Override
    public MessageDigest newDigest() {
        return latest().newDigest();
    }

    private synchronized FileHasher latest() {
        try {
            latest = plugins.hasher(algorithm);
            missing = false;
        } catch (MissingPluginException gone) {
            if (!missing) {
                LOG.warn("continuing with the previous hasher: {}", gone.getMessage());
            }
            missing = true;
        }
        return latest;
    }
}
