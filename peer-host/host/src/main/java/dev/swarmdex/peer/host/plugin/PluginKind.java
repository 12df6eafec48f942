package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Transport;
import java.util.Locale;
import java.util.Optional;

/** What a plugin can provide: one of the api's extension points. */
enum PluginKind {
    /** Moves bytes; found by its scheme. */
    TRANSPORT,
    /** Makes content ids; found by its algorithm. */
    HASHER,
    /** Chooses peers; found by its strategy. */
    SELECTOR;

    /** The kind of an extension; empty when it is none of ours. */
    static Optional<PluginKind> of(Object extension) {
        return switch (extension) {
            case Transport _ -> Optional.of(TRANSPORT);
            case FileHasher _ -> Optional.of(HASHER);
            case PeerSelector _ -> Optional.of(SELECTOR);
            default -> Optional.empty();
        };
    }

    /**
     * Asks an extension for the name under which it is found.
     *
     * @throws IllegalArgumentException when it does not keep the api's rules
     */
    static String nameOf(Object extension) {
        return switch (extension) {
            case Transport transport -> new Endpoint(transport.scheme(), "localhost", 1).scheme();
            case FileHasher hasher -> ContentId.of(hasher.algorithm(), hasher.newDigest().digest()).algorithm();
            case PeerSelector selector -> strategy(selector.strategy());
            default -> throw new IllegalArgumentException("not an extension of this host: " + extension.getClass());
        };
    }

    private static String strategy(String name) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "not a strategy's name: '" + name + "' (lower-case letters, say random)");
        }
        return name;
    }

    /** The name of the jar that is expected to provide it, without its version. */
    String jarFor(String name) {
        return switch (this) {
            case TRANSPORT -> "transport-" + name;
            case HASHER -> "hash-" + name.replaceFirst("-tree$", "");
            case SELECTOR -> "select-" + name;
        };
    }

    /** The word that commands print. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
