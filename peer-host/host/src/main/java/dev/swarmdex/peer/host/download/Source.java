package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;

/** A peer that offers the wanted content, at one of its endpoints. */
public record Source(String peer, Endpoint endpoint) {}
