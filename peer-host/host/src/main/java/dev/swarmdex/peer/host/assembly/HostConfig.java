package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.config.Default;
import dev.swarmdex.config.LogSettings;
import dev.swarmdex.config.Remaining;
import dev.swarmdex.peer.host.plugin.PluginSettings;
import dev.swarmdex.peer.host.plugin.Trust;
import dev.swarmdex.peer.host.rate.TransferSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The config of a peer host, as in {@code config/peer.toml}, where every key is documented.
 *
 * @param share the shared folders
 */
public record HostConfig(String name, @Default("./state") Path stateDir, @Default("./downloads") Path downloadDir,
        @Default("./plugins") Path pluginsDir, @Default("[]") List<Path> share, Discovery discovery,
        @Default("[]") List<TransportTable> transport, Hash hash, Selection selection, TransferSettings limits,
        Plugins plugins,
        LogSettings log) {

    private static final int LONGEST_NAME = 64;

    /** Checks what spans several keys. */
    public HostConfig {
        if (name.isBlank() || name.length() > LONGEST_NAME || !name.chars().allMatch(HostConfig::isNameCharacter)) {
            throw new IllegalArgumentException("name: 1 to " + LONGEST_NAME
                    + " characters without spaces, '/', ';' or control characters, not \"" + name + "\"");
        }
        Set<String> schemes = new HashSet<>();
        for (TransportTable table : transport) {
            if (!schemes.add(table.scheme())) {
                throw new IllegalArgumentException("transport: two tables for the scheme " + table.scheme());
            }
        }
    }

    /** The options of a scheme's transport; none where it has no table. */
    Map<String, String> transportOptions(String scheme) {
        return transport.stream().filter(table -> table.scheme().equals(scheme)).findFirst()
                .map(TransportTable::options).orElse(Map.of());
    }

    private static boolean isNameCharacter(int character) {
        return !Character.isISOControl(character) && !Character.isWhitespace(character) && character != '/'
                && character != ';';
    }

    /**
     * Where the host learns of sources.
     *
     * @param index the index servers; may be none where there is a hosts file
     * @param hostsFile the known hosts, one a line
     */
    public record Discovery(@Default("udp://127.0.0.1:7117") List<URI> index, Optional<Path> hostsFile) {

        /** Checks the addresses. */
        public Discovery {
            if (index.isEmpty() && hostsFile.isEmpty()) {
                throw new IllegalArgumentException(
                        "index: name at least one index server, udp://host:port, or set hosts-file");
            }
            for (URI server : index) {
                if (!"udp".equals(server.getScheme()) || server.getHost() == null || server.getPort() < 1) {
                    throw new IllegalArgumentException("index: not udp://host:port: " + server);
                }
            }
        }
    }

    /**
     * What the config says of a transport.
     *
     * @param bind where to serve by it; without it the host only fetches by it
     * @param advertise the host, or host:port, that others are to use, where it is not the one they see
     * @param options what the transport's own documentation says
     */
    public record TransportTable(String scheme, Optional<BindAddress> bind, Optional<String> advertise,
            @Remaining Map<String, String> options) {}

    /**
     * Which plugins are used.
     *
     * @param trustedSums with a sum or a key, only plugins that the one or the other vouches for are loaded
     */
    public record Plugins(@Default("[]") List<String> disabled, Pinned pinned, @Default("[]") List<String> trustedSums,
            Optional<String> publicKey) {

        /** Checks the sums and the key. */
        public Plugins {
            Trust.of(trustedSums, publicKey);
        }

        PluginSettings settings() {
            return new PluginSettings(Set.copyOf(disabled), pinned.versions(), Trust.of(trustedSums, publicKey));
        }

        /** The only version to use of a plugin, by the plugin's id. */
        public record Pinned(@Remaining Map<String, String> versions) {}
    }

    /** The hasher that new contents get their ids from. */
    public record Hash(@Default("sha256-tree") String algorithm) {}

    /** The selector that ranks sources. */
    public record Selection(@Default("fastest") String strategy) {}
}
