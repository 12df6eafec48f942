package dev.swarmdex.peer.host.plugin;

/**
 * Something that a plugin provides.
 *
 * @param name the scheme, algorithm or strategy
 * @param extension the plugin's one instance of it
 */
record Provided(PluginKind kind, String name, Object extension) {

    /** Says what it is, for messages: {@code transport tcp}. */
    String label() {
        return kind + " " + name;
    }
}
