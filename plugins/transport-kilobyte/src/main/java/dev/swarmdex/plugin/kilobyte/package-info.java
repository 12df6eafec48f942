/**
 * The {@code kilobyte} transport: the protocol of seed 004, described byte by byte in this module's README.
 *
 * <p>From the outside in: {@code KilobyteTransport} serves each client with {@code ServedRequests}, or makes a
 * {@code KilobyteConnection}, which sends many {@code Request}s ahead of their {@code Reply}s through a {@code Pipeline}.
 */
@NullMarked
package dev.swarmdex.plugin.kilobyte;

import org.jspecify.annotations.NullMarked;
