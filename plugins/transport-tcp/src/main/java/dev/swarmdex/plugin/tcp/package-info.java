/**
 * The {@code tcp} transport: Swarmdex's own protocol over TCP, described byte by byte in this module's README.
 *
 * <p>From the outside in: {@code TcpTransport} makes a {@code StreamServer} or a {@code TcpConnection}; both speak
 * {@code Request}s and {@code Reply}s over a {@code TimedChannel}. On the asking side a {@code Pipeline} lets many threads
 * share one connection.
 */
@NullMarked
package dev.swarmdex.plugin.tcp;

import org.jspecify.annotations.NullMarked;
