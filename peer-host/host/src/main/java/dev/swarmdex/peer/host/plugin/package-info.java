/**
 * The host's side of plugins: {@link dev.swarmdex.peer.host.plugin.PluginHost} keeps what the jars in a folder provide,
 * while they come and go. PF4J loads them; nothing else in the host knows it.
 */
@NullMarked
package dev.swarmdex.peer.host.plugin;

import org.jspecify.annotations.NullMarked;
