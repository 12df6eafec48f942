package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.plugin.MissingPluginException;
import dev.swarmdex.peer.host.plugin.PluginHost;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that downloads use, as the config chooses them. If the selector is taken away while the host runs, downloads
 * go on without: the sources are then used as they come. Safe for many threads.
 */
final class ConfiguredPlugins implements PluginSet {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredPlugins.class);

    private final HostConfig config;
    private final PluginHost plugins;
    private volatile boolean hadSelector;

    ConfiguredPlugins(HostConfig config, PluginHost plugins) {
        this.config = config;
        this.plugins = plugins;
    }

    @Override
    public Transport transport(String scheme) throws IOException {
        return plugins.transport(scheme);
    }

    @Override
    public Map<String, String> transportOptions(String scheme) {
        return config.transportOptions(scheme);
    }

    @Override
    public FileHasher hasher(String algorithm) throws IOException {
        return plugins.hasher(algorithm);
    }

    @Override
    public FileHasher ownHasher() throws IOException {
        return plugins.hasher(config.hash().algorithm());
    }

    @Override
    public PeerSelector selector() throws IOException {
        String strategy = config.selection().strategy();
        try {
            PeerSelector selector = plugins.selector(strategy);
            hadSelector = true;
            return selector;
        } catch (MissingPluginException gone) {
            if (!hadSelector) {
                throw gone;
            }
            LOG.warn("the sources are used in the order in which they come: {}", gone.getMessage());
            return new GivenOrder(strategy);
        }
    }

    /** Refuses a strategy that no plugin has; a host that begins without one would be noticed too late. */
    void requireSelector() throws IOException {
        try {
            selector();
        } catch (MissingPluginException missing) {
            throw ConfigValueException.of("selection.strategy", missing);
        }
    }

    /** The hasher for what this host shares. */
    FollowedHasher followedHasher() throws IOException {
        try {
            return new FollowedHasher(plugins, config.hash().algorithm());
        } catch (MissingPluginException missing) {
            throw ConfigValueException.of("hash.algorithm", missing);
        }
    }

    /** Keeps the candidates in the order given. */
    private record GivenOrder(String strategy) implements PeerSelector {

        @Override
        public List<Candidate> rank(SelectionRequest request) {
            return request.candidates();
        }
    }
}
