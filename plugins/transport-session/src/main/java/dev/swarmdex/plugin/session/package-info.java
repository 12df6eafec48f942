/**
 * The {@code session} transport: how seed 002's programs send each other files, described in this module's README.
 *
 * <p>From the outside in: {@code SessionTransport} serves each client with a {@code ServedTransfer}, or asks a peer with a
 * {@code Question}, over a new TCP connection each time.
 */
@NullMarked
package dev.swarmdex.plugin.session;

import org.jspecify.annotations.NullMarked;
