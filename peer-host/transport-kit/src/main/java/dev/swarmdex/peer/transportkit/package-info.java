/**
 * What transports over TCP streams have in common, bundled into the jar of each plugin that uses it.
 *
 * <p>A server is a {@code StreamServer} within {@code ServerLimits}, which come from the {@code Options} of its table in the
 * config; it hands each client over as a {@code TimedChannel}, which {@code Input} and {@code Output} read and write. To
 * fetch, connect a {@code TimedChannel}, or, where each transfer takes a connection of its own, be a
 * {@code ConnectionPerTransfer} that makes {@code WholeOffer}s.
 */
@NullMarked
package dev.swarmdex.peer.transportkit;

import org.jspecify.annotations.NullMarked;
