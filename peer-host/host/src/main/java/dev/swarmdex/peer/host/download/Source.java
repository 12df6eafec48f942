package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;

/**
 * A peer that offers the wanted content, at one of its endpoints.
 *
 * @param name the name under which it offers it
 */
public record Source(String peer, Endpoint endpoint, String name) {}
