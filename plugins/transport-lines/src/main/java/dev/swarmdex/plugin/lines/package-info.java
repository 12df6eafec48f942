/**
 * The {@code lines} transport: how the mini-servers of seed 003 send files, described in this module's README.
 *
 * <p>From the outside in: {@code LinesTransport} serves each client with a {@code ServedPath}, or asks a peer with a
 * {@code Question}, over a new TCP connection each time.
 */
@NullMarked
package dev.swarmdex.plugin.lines;

import org.jspecify.annotations.NullMarked;
